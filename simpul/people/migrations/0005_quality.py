from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0004_merged_into'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='person',
            index=models.Index(condition=models.Q(('born_earliest', None), ('merged_into', None)), fields=['region', 'id'], name='person_unborn'),
        ),
        migrations.AddIndex(
            model_name='person',
            index=models.Index(condition=models.Q(('merged_into', None), ('region', '')), fields=['organisation', 'id'], name='person_nowhere'),
        ),
        migrations.AddIndex(
            model_name='person',
            index=models.Index(condition=models.Q(('merged_into', None), ('relation_to_head', 'head')), fields=['household', 'born_earliest'], name='person_head'),
        ),
    ]
