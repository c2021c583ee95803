import { can } from '@shared/components/Can';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { PageHeader } from '@shared/components/PageHeader';
import { PageLoading } from '@shared/components/PageLoading';
import { RelativeTime } from '@shared/components/values';
import { useSaid } from '@shared/i18n/said';
import { formatBytes, formatNumber } from '@shared/lib/units';
import { useLiveObject, useStream } from '@shared/live/useStream';
import { useHeld, useProject } from '@shared/session/place';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Alert, Button, Descriptions } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type VolumeDetail, volumePath, volumeQuery } from '../api';
import { ChangeForm } from '../components/ChangeForm';
import { Files } from '../components/Files';
import { Fill } from '../components/Fill';
import { Mounts } from '../components/Mounts';
import { Phase } from '../components/Phase';
import { useRemoveVolume } from '../components/useRemoveVolume';

const APART = { marginBottom: 16 };

export function VolumePage() {
  const { t, i18n } = useTranslation('volumes');
  const { t: shared } = useTranslation();
  const said = useSaid();
  const { tenant, project } = useProject();
  const { volume: id } = useParams({ strict: false }) as { volume: string };
  const options = volumeQuery(project.id, id);
  const { data: volume, error, refetch } = useQuery(options);
  const cache = useQueryClient();
  const [changing, setChanging] = useState(false);
  const mayManage = can(useHeld(), 'volumes.manage');
  const askToRemove = useRemoveVolume(project.id, id);
  const scope = { tenant: tenant.id, project: project.id };
  useLiveObject<VolumeDetail>(options.queryKey, { ...scope, kinds: ['volume'] });
  // A job that is new may mount it; of one that does, the phase is shown.
  const again = () => void cache.invalidateQueries({ queryKey: options.queryKey, exact: true });
  useStream(
    { ...scope, kinds: ['job'] },
    {
      onEvent: ({ op, object_id }) => {
        if (op === 'added' || volume?.mounted_by.some((one) => one.id === object_id)) again();
      },
      onLost: again,
    },
  );

  if (error) return <ErrorPanel error={error} retry={() => void refetch()} />;
  if (!volume) return <PageLoading />;
  const bytes = (value: number | null) => (value === null ? t('unknown') : formatBytes(value, i18n.language));
  const why = said(volume.said, volume.why);
  return (
    <div className="page">
      <PageHeader
        title={volume.name}
        trail={[
          <Link key="all" to="/t/$tenant/p/$project/volumes" params={{ tenant: tenant.slug, project: project.slug }}>
            {shared('pages.volumes')}
          </Link>,
        ]}
        facts={
          <>
            <Phase volume={volume} />
            <Fill volume={volume} />
          </>
        }
        actions={
          mayManage &&
          volume.phase !== 'deleting' && (
            <>
              <Button onClick={() => setChanging(true)}>{t('change')}</Button>
              <Button danger onClick={() => askToRemove(volume)}>
                {t('remove')}
              </Button>
            </>
          )
        }
        api={{ method: 'GET', path: volumePath(project.id, id) }}
      />
      {why && <Alert type={volume.phase === 'lost' ? 'error' : 'info'} showIcon title={why} style={APART} />}
      {volume.size_enforced === false && <Alert type="info" showIcon title={t('notEnforced')} style={APART} />}
      <Descriptions
        size="small"
        column={{ xs: 1, md: 2 }}
        items={[
          { key: 'cluster', label: t('cluster'), children: volume.cluster },
          { key: 'class', label: t('class'), children: volume.storage_class || t('aDirectory') },
          { key: 'mode', label: t('mode'), children: t(`modes.${volume.access_mode}`) },
          { key: 'policy', label: t('policy'), children: t(`policies.${volume.reclaim_policy}`) },
          { key: 'size', label: t('size'), children: bytes(volume.size_bytes) },
          { key: 'capacity', label: t('capacity'), children: bytes(volume.capacity_bytes) },
          {
            key: 'files',
            label: t('files'),
            children: volume.files === null ? t('unknown') : formatNumber(volume.files, i18n.language),
          },
          {
            key: 'measured',
            label: t('measured'),
            children: <RelativeTime at={volume.measured_at} none={t('notMeasured')} />,
          },
          { key: 'claim', label: t('claim'), children: <code className="mono">{volume.claim}</code> },
          { key: 'by', label: t('by'), children: volume.created_by.name },
        ]}
      />
      <section aria-labelledby="mounts">
        <h3 id="mounts">{t('mounts')}</h3>
        <Mounts volume={volume} />
      </section>
      <section aria-labelledby="files">
        <h3 id="files">{t('filesOf')}</h3>
        <Files volume={volume} />
      </section>
      <section aria-labelledby="how">
        <h3 id="how">{t('how')}</h3>
        <pre className="mono">{`volumes:\n  - {name: ${volume.name}, access: write}`}</pre>
        <p className="muted">{t('howText', { variable: variableOf(volume.name) })}</p>
      </section>
      <ChangeForm volume={volume} open={changing} onClose={() => setChanging(false)} />
    </div>
  );
}

const variableOf = (name: string) => `$HANSE_VOLUME_${name.toUpperCase().replaceAll('-', '_')}`;
