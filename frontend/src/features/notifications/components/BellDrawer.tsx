import { INBOX } from '@shared/api/notifications';
import { useAct } from '@shared/api/useAct';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { PageLoading } from '@shared/components/PageLoading';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Drawer, Flex } from 'antd';
import { useTranslation } from 'react-i18next';
import { markAllRead, notificationsQuery } from '../api';
import { Rows } from './Rows';
import '../notifications.css';

/** The newest of what the reader was told. */
export default function BellDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('notifications');
  const { data, error, refetch } = useQuery(notificationsQuery({ limit: 30 }));
  const rows = data?.results ?? [];
  const readAll = useAct<string | undefined>({ act: markAllRead, changes: [INBOX] });
  return (
    <Drawer
      open
      title={t('title')}
      size={480}
      onClose={onClose}
      extra={
        rows.some((one) => !one.read_at) ? (
          <Button size="small" loading={readAll.isPending} onClick={() => readAll.mutate(rows[0]?.id)}>
            {t('readAll')}
          </Button>
        ) : null
      }
      footer={
        <Flex justify="space-between">
          <Link to="/me/notifications" onClick={onClose}>
            {t('all')}
          </Link>
          <Link to="/me/notifications/preferences" onClick={onClose}>
            {t('preferences.title')}
          </Link>
        </Flex>
      }
    >
      {error ? <ErrorPanel brief error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <PageLoading /> : null}
      {data && rows.length === 0 ? <p className="muted">{t('nothing')}</p> : null}
      <Rows notifications={rows} onOpen={onClose} />
    </Drawer>
  );
}
