import { INBOX } from '@shared/api/notifications';
import { useAct } from '@shared/api/useAct';
import { EmptyState } from '@shared/components/EmptyState';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { PageHeader } from '@shared/components/PageHeader';
import { PageLoading } from '@shared/components/PageLoading';
import { useKey } from '@shared/i18n/key';
import { useView } from '@shared/routing/view';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Checkbox, Flex, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { markAllRead, type NotificationsView, notificationsQuery } from '../api';
import { Rows } from '../components/Rows';
import '../notifications.css';

const SEVERITIES = ['error', 'warning', 'success', 'info'] as const;

export function NotificationsPage() {
  const { t } = useTranslation('notifications');
  const { t: shared } = useTranslation();
  const key = useKey();
  const [view, setView] = useView<NotificationsView>();
  const { data, error, isFetching, refetch } = useQuery(notificationsQuery(view));
  const rows = data?.results ?? [];
  const readAll = useAct<string | undefined>({ act: markAllRead, changes: [INBOX] });
  const filtered = Boolean(view.unread || view.severity || view.code);
  return (
    <div className="page" style={{ maxWidth: 960 }}>
      <PageHeader
        title={t('title')}
        api={{ method: 'GET', path: '/me/notifications/', query: view }}
        actions={
          <>
            <Link to="/me/notifications/preferences">
              <Button>{t('preferences.title')}</Button>
            </Link>
            {rows.some((one) => !one.read_at) ? (
              <Button type="primary" loading={readAll.isPending} onClick={() => readAll.mutate(undefined)}>
                {t('readAll')}
              </Button>
            ) : null}
          </>
        }
      />
      <Flex gap={8} align="center" wrap className="table-bar">
        <Select
          mode="multiple"
          aria-label={t('severityLabel')}
          placeholder={t('severityLabel')}
          value={view.severity ?? []}
          onChange={(severity) => setView({ severity })}
          options={SEVERITIES.map((value) => ({ value, label: key(`notifications:severity.${value}`) }))}
          style={{ minWidth: 180 }}
        />
        <Checkbox
          checked={view.unread === 'true'}
          onChange={(event) => setView({ unread: event.target.checked ? 'true' : undefined })}
        >
          {t('onlyUnread')}
        </Checkbox>
      </Flex>
      {error && !data ? <ErrorPanel error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <PageLoading /> : null}
      {data && rows.length === 0 ? (
        filtered ? (
          <p className="muted">{shared('table.nothingMatches')}</p>
        ) : (
          <EmptyState title={t('nothing')}>{t('nothingText')}</EmptyState>
        )
      ) : null}
      <section aria-label={t('title')} aria-busy={isFetching}>
        <Rows notifications={rows} />
      </section>
      {data && (data.next || data.previous) ? (
        <Flex component="nav" aria-label={shared('table.pages')} gap={8} justify="flex-end" className="table-foot">
          <Button
            size="small"
            disabled={!data.previous || isFetching}
            onClick={() => setView({ cursor: data.previous ?? undefined })}
          >
            {shared('table.previous')}
          </Button>
          <Button
            size="small"
            disabled={!data.next || isFetching}
            onClick={() => setView({ cursor: data.next ?? undefined })}
          >
            {shared('table.next')}
          </Button>
        </Flex>
      ) : null}
    </div>
  );
}
