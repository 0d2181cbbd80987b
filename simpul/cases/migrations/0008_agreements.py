import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0007_models_of_an_office'),
    ]

    operations = [
        migrations.CreateModel(
            name='Agreement',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('by', models.UUIDField(null=True)),
                ('by_name', models.CharField(max_length=200)),
                ('on', models.DateField()),
                ('capacity', models.CharField(choices=[('self', 'Orang itu sendiri'), ('parent', 'Orang tua'), ('guardian', 'Wali'), ('companion', 'Orang itu sendiri bersama pendampingnya')], max_length=12)),
                ('mode', models.CharField(choices=[('written', 'Tertulis, ditandatangani'), ('spoken', 'Lisan'), ('sign_language', 'Bahasa isyarat'), ('easy_read', 'Bacaan mudah dengan gambar'), ('audio', 'Rekaman suara'), ('companion', 'Melalui pendamping')], max_length=16)),
                ('review_on', models.DateField(null=True)),
                ('signer_sealed', models.BinaryField(null=True)),
                ('witness_sealed', models.BinaryField(null=True)),
                ('words_sealed', models.BinaryField(null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='cases.case')),
            ],
            options={
                'abstract': False,
            },
        ),
    ]
