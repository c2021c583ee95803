import { useAct } from '@shared/api/useAct';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { PageLoading } from '@shared/components/PageLoading';
import { RelativeTime } from '@shared/components/values';
import { useQuery } from '@tanstack/react-query';
import { App, Button, Drawer, Flex, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { destroyVersion, type Secret, usesQuery, versionsQuery } from '../api';
import { Uses } from './Uses';

interface Props {
  secret: Secret;
  mayManage: boolean;
  onClose: () => void;
}

/** Versions of a secret, and who names it. */
export function SecretDrawer({ secret, mayManage, onClose }: Props) {
  const { t } = useTranslation('secrets');
  const { data: uses, error } = useQuery(usesQuery(secret));
  return (
    <Drawer open size="large" title={secret.name} onClose={onClose}>
      <Flex vertical gap={20}>
        {secret.description && <p style={{ margin: 0 }}>{secret.description}</p>}
        <section>
          <h3>{t('usedBy')}</h3>
          {error ? <ErrorPanel error={error} /> : null}
          {uses && (uses.uses.length > 0 ? <Uses uses={uses} /> : <span className="muted">{t('unused')}</span>)}
        </section>
        <section>
          <h3>{t('versions')}</h3>
          <Versions secret={secret} mayManage={mayManage} />
        </section>
      </Flex>
    </Drawer>
  );
}

function Versions({ secret, mayManage }: { secret: Secret; mayManage: boolean }) {
  const { t } = useTranslation('secrets');
  const { modal } = App.useApp();
  const { data, error } = useQuery(versionsQuery(secret));
  const destroy = useAct<number>({
    act: (number) => destroyVersion(secret, number),
    done: (_, number) => t('versionDestroyed', { number }),
    changes: [['projects', secret.project_id]],
  });
  const ask = (number: number) =>
    modal.confirm({
      title: t('destroyVersionTitle', { number }),
      content: t('destroyVersionText'),
      okText: t('destroyVersion'),
      okButtonProps: { danger: true },
      onOk: () => destroy.mutateAsync(number).catch(() => undefined),
    });
  if (error) return <ErrorPanel error={error} />;
  if (!data) return <PageLoading />;
  return (
    <Flex vertical gap={8}>
      {data.results.map((version) => (
        <Flex key={version.id} gap={8} align="center" wrap>
          <strong>{t('versionNumber', { number: version.number })}</strong>
          {version.number === secret.newest && <Tag>{t('newest')}</Tag>}
          {version.destroyed_at && <Tag>{t('isDestroyed')}</Tag>}
          <code className="mono">{version.keys.join(', ')}</code>
          <span className="muted">
            <RelativeTime at={version.created_at} /> · {version.created_by.name}
          </span>
          {mayManage && version.number !== secret.newest && !version.destroyed_at && (
            <Button
              size="small"
              type="text"
              danger
              aria-label={t('destroyVersionNamed', { number: version.number })}
              onClick={() => ask(version.number)}
            >
              {t('destroyVersion')}
            </Button>
          )}
        </Flex>
      ))}
    </Flex>
  );
}
