from django.db import migrations

from apps.core.policies import OfParent, OfProject


class Migration(migrations.Migration):
    dependencies = [("storage", "0004_buckets"), ("core", "0004_walls")]

    operations = [
        OfProject("storage_bucket"),
        OfParent("storage_uploadgrant", parent="storage_bucket", key="bucket_id"),
        OfParent("storage_fileremoval", parent="storage_bucket", key="bucket_id"),
    ]
