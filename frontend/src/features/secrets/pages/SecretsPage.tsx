import { can } from '@shared/components/Can';
import { ProjectList } from '@shared/components/ProjectList';
import type { Column } from '@shared/components/ResourceTable';
import { RelativeTime } from '@shared/components/values';
import type { ListSearch } from '@shared/routing/search';
import { useView } from '@shared/routing/view';
import { useHeld, useProject } from '@shared/session/place';
import { useQuery } from '@tanstack/react-query';
import { Button, Flex, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Secret, secretsPath, secretsQuery } from '../api';
import { DestroySecret } from '../components/DestroySecret';
import { NewSecret } from '../components/NewSecret';
import { RotateSecret } from '../components/RotateSecret';
import { SecretDrawer } from '../components/SecretDrawer';

type Dialog = { what: 'rotate' | 'destroy' | 'show'; id: string };

export function SecretsPage() {
  const { t } = useTranslation('secrets');
  const { t: shared } = useTranslation();
  const { project } = useProject();
  const [view] = useView<ListSearch>();
  const { data } = useQuery(secretsQuery(project.id, view));
  const [making, setMaking] = useState(false);
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const mayManage = can(useHeld(), 'secrets.manage');
  const chosen = dialog && data?.results.find((secret) => secret.id === dialog.id);
  const columns: Column<Secret>[] = [
    {
      key: 'name',
      title: t('name'),
      always: true,
      order: 'name',
      render: (secret) => (
        <Flex gap={8} align="center">
          <Button
            type="link"
            style={{ padding: 0 }}
            aria-label={t('open', { name: secret.name })}
            onClick={() => setDialog({ what: 'show', id: secret.id })}
          >
            {secret.name}
          </Button>
          {secret.kind !== 'opaque' && <Tag>{t(`kinds.${secret.kind}`)}</Tag>}
        </Flex>
      ),
    },
    {
      key: 'entries',
      title: t('entries'),
      render: (secret) => <code className="mono">{secret.keys.join(', ')}</code>,
    },
    { key: 'version', title: t('version'), render: (secret) => secret.newest },
    { key: 'rotated', title: t('rotated'), render: (secret) => <RelativeTime at={secret.rotated_at} /> },
    {
      key: 'used',
      title: t('used'),
      render: (secret) => <RelativeTime at={secret.last_used_at} none={t('never')} />,
    },
    { key: 'by', title: t('by'), render: (secret) => secret.created_by.name },
    {
      key: 'acts',
      title: '',
      always: true,
      render: (secret) =>
        mayManage ? (
          <Flex justify="flex-end">
            <Button
              size="small"
              type="text"
              aria-label={t('rotateNamed', { name: secret.name })}
              onClick={() => setDialog({ what: 'rotate', id: secret.id })}
            >
              {t('rotate')}
            </Button>
            <Button
              size="small"
              type="text"
              danger
              aria-label={t('destroyNamed', { name: secret.name })}
              onClick={() => setDialog({ what: 'destroy', id: secret.id })}
            >
              {t('destroy')}
            </Button>
          </Flex>
        ) : null,
    },
  ];
  const add = mayManage ? (
    <Button type="primary" onClick={() => setMaking(true)}>
      {t('new')}
    </Button>
  ) : null;
  return (
    <ProjectList
      name="secrets"
      kind="secret"
      path={secretsPath}
      query={secretsQuery}
      title={shared('pages.secrets')}
      intro={t('intro')}
      columns={columns}
      add={add}
      empty={[t('empty'), t('emptyText')]}
    >
      <NewSecret open={making} project={project.id} onClose={() => setMaking(false)} />
      {chosen && dialog.what === 'show' && (
        <SecretDrawer secret={chosen} mayManage={mayManage} onClose={() => setDialog(null)} />
      )}
      {chosen && dialog.what === 'rotate' && <RotateSecret secret={chosen} onClose={() => setDialog(null)} />}
      {chosen && dialog.what === 'destroy' && <DestroySecret secret={chosen} onClose={() => setDialog(null)} />}
    </ProjectList>
  );
}
