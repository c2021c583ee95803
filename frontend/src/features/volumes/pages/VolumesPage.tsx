import { can } from '@shared/components/Can';
import { ProjectList } from '@shared/components/ProjectList';
import type { Column } from '@shared/components/ResourceTable';
import { RelativeTime } from '@shared/components/values';
import { useHeld, useProject } from '@shared/session/place';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Volume, volumesPath, volumesQuery } from '../api';
import { Fill } from '../components/Fill';
import { LimitLine } from '../components/LimitLine';
import { Phase } from '../components/Phase';
import { VolumeForm } from '../components/VolumeForm';

export function VolumesPage() {
  const { t } = useTranslation('volumes');
  const { t: shared } = useTranslation();
  const { tenant, project } = useProject();
  const [making, setMaking] = useState(false);
  const columns: Column<Volume>[] = [
    {
      key: 'name',
      title: t('name'),
      always: true,
      order: 'name',
      render: (volume) => (
        <Link
          to="/t/$tenant/p/$project/volumes/$volume"
          params={{ tenant: tenant.slug, project: project.slug, volume: volume.id }}
        >
          {volume.name}
        </Link>
      ),
    },
    { key: 'phase', title: t('phase'), render: (volume) => <Phase volume={volume} /> },
    { key: 'fill', title: t('used'), render: (volume) => <Fill volume={volume} /> },
    { key: 'cluster', title: t('cluster'), render: ({ cluster }) => cluster },
    { key: 'class', title: t('class'), render: ({ storage_class }) => storage_class || t('aDirectory') },
    { key: 'mode', title: t('mode'), render: ({ access_mode }) => access_mode },
    { key: 'by', title: t('by'), render: ({ created_by }) => created_by.name },
    { key: 'made', title: t('made'), order: 'created', render: ({ created_at }) => <RelativeTime at={created_at} /> },
  ];
  const add = can(useHeld(), 'volumes.manage') ? (
    <Button type="primary" onClick={() => setMaking(true)}>
      {t('new')}
    </Button>
  ) : null;
  return (
    <ProjectList
      name="volumes"
      kind="volume"
      path={volumesPath}
      query={volumesQuery}
      title={shared('pages.volumes')}
      intro={t('intro')}
      columns={columns}
      add={add}
      empty={[t('empty'), t('emptyText')]}
      above={<LimitLine />}
    >
      <VolumeForm open={making} project={project.id} onClose={() => setMaking(false)} />
    </ProjectList>
  );
}
