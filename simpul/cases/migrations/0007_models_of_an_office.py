from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0006_stages_are_known'),
    ]

    operations = [
        migrations.AddField(
            model_name='office',
            name='models',
            field=models.JSONField(default=dict),
        ),
    ]
