import django.db.models.deletion
from django.db import migrations, models

from apps.core.policies import OfParent

# Django makes no partitions. Requests and workers may make none either: they ask these functions, which are the owner's.
MAKE = """
CREATE TABLE forecasts_day (
    target_id uuid NOT NULL REFERENCES forecasts_target ON DELETE CASCADE,
    day date NOT NULL,
    samples bytea NOT NULL,
    hours bytea NOT NULL,
    PRIMARY KEY (target_id, day)
) PARTITION BY RANGE (day);

CREATE TABLE forecasts_forecast (
    target_id uuid NOT NULL REFERENCES forecasts_target ON DELETE CASCADE,
    issued_at timestamptz NOT NULL,
    engine varchar(20) NOT NULL,
    device varchar(4) NOT NULL,
    said bytea NOT NULL,
    PRIMARY KEY (target_id, issued_at)
) PARTITION BY RANGE (issued_at);

-- The partitions of the week that `wanted` is in, unless they are there. Of weeks far from now, none.
CREATE FUNCTION forecasts_make_week(wanted date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'UTC' AS $$
DECLARE
    week date := date_trunc('week', wanted)::date;
    name text := to_char(week, '"_w"YYYYMMDD');
BEGIN
    IF to_regclass('forecasts_forecast' || name) IS NOT NULL OR abs(wanted - current_date) > 60 THEN
        RETURN;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('forecasts_make_week'));
    EXECUTE format('CREATE TABLE IF NOT EXISTS %I PARTITION OF forecasts_day FOR VALUES FROM (%L) TO (%L)',
        'forecasts_day' || name, week, week + 7);
    EXECUTE format('CREATE TABLE IF NOT EXISTS %I PARTITION OF forecasts_forecast FOR VALUES FROM (%L) TO (%L)',
        'forecasts_forecast' || name, week, week + 7);
END
$$;

-- Drop the partitions of weeks that ended before `day`, which must be five weeks ago. Returns how many weeks those were.
CREATE FUNCTION forecasts_forget_weeks(day date) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    part text;
    dropped integer := 0;
BEGIN
    IF day > current_date - 35 THEN
        RETURN 0;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('forecasts_make_week'));
    FOR part IN
        SELECT relname FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
        WHERE inhparent IN ('forecasts_day'::regclass, 'forecasts_forecast'::regclass)
          AND to_date(right(relname, 8), 'YYYYMMDD') + 7 <= day
    LOOP
        EXECUTE format('DROP TABLE %I', part);
        dropped := dropped + 1;
    END LOOP;
    RETURN dropped / 2;
END
$$;
"""
DROP = """
DROP FUNCTION forecasts_forget_weeks(date), forecasts_make_week(date);
DROP TABLE forecasts_forecast, forecasts_day;
"""


def of_target(name: str) -> models.ForeignKey:
    return models.ForeignKey(
        db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name=name, to='forecasts.target'
    )


class Migration(migrations.Migration):

    dependencies = [
        ('forecasts', '0001_targets'),
    ]

    operations = [
        migrations.RunSQL(MAKE, DROP, state_operations=[
            migrations.CreateModel(
                name='Day',
                fields=[
                    ('pk', models.CompositePrimaryKey('target_id', 'day', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('day', models.DateField()),
                    ('samples', models.BinaryField()),
                    ('hours', models.BinaryField()),
                    ('target', of_target('days')),
                ],
            ),
            migrations.CreateModel(
                name='Forecast',
                fields=[
                    ('pk', models.CompositePrimaryKey('target_id', 'issued_at', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('issued_at', models.DateTimeField(help_text='The full hour behind which the first step begins.')),
                    ('engine', models.CharField(max_length=20)),
                    ('device', models.CharField(help_text='What it was really computed on.', max_length=4)),
                    ('said', models.BinaryField()),
                    ('target', of_target('forecasts')),
                ],
            ),
        ]),
        OfParent('forecasts_day', parent='forecasts_target', key='target_id'),
        OfParent('forecasts_forecast', parent='forecasts_target', key='target_id'),
    ]
