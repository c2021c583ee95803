import { http } from '@shared/api/http';
import { useAct } from '@shared/api/useAct';
import { can } from '@shared/components/Can';
import { EmptyState } from '@shared/components/EmptyState';
import { PageHeader } from '@shared/components/PageHeader';
import { type Column, ResourceTable } from '@shared/components/ResourceTable';
import { StatusTag } from '@shared/components/StatusTag';
import { RelativeTime } from '@shared/components/values';
import { useKey } from '@shared/i18n/key';
import { useView } from '@shared/routing/view';
import { useSession } from '@shared/session/session';
import { useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Mail, type MailView, mailQuery } from '../api';

const STATUS = { waiting: 'waiting', sent: 'succeeded', failed: 'failed' } as const;

export function MailPage() {
  const { t } = useTranslation('notifications');
  const key = useKey();
  const session = useSession();
  const [view, setView] = useView<MailView>();
  const query = useQuery(mailQuery(view));
  const retry = useAct<Mail>({
    act: (mail) => http.post(`/platform/mail/${mail.id}/retry/`),
    done: t('mail.again'),
    changes: [['platform', 'mail']],
  });
  const columns: Column<Mail>[] = [
    { key: 'address', title: t('mail.address'), always: true, render: (mail) => mail.address },
    { key: 'subject', title: t('mail.subject'), render: (mail) => mail.subject },
    {
      key: 'phase',
      title: t('mail.phase'),
      render: (mail) => <StatusTag status={STATUS[mail.phase]} reason={mail.error || undefined} />,
    },
    { key: 'error', title: t('mail.error'), render: (mail) => <span className="muted">{mail.error || '—'}</span> },
    { key: 'created', title: t('mail.written'), render: (mail) => <RelativeTime at={mail.created_at} /> },
    {
      key: 'acts',
      title: '',
      always: true,
      render: (mail) =>
        mail.phase === 'failed' && can(session, 'mail.manage') ? (
          <Button size="small" type="text" onClick={() => retry.mutate(mail)}>
            {t('mail.retry')}
          </Button>
        ) : null,
    },
  ];
  return (
    <div className="page">
      <PageHeader title={t('mail.title')} api={{ method: 'GET', path: '/platform/mail/', query: view }} />
      <ResourceTable
        name="mail"
        label={t('mail.title')}
        query={query}
        columns={columns}
        defaultOrder="-created"
        filtered={Boolean(view.phase)}
        onClearFilters={() => setView({ phase: undefined })}
        filters={
          <Select
            allowClear
            aria-label={t('mail.phase')}
            placeholder={t('mail.phase')}
            value={view.phase ?? null}
            onChange={(phase) => setView({ phase: phase ?? undefined })}
            options={(['waiting', 'sent', 'failed'] as const).map((value) => ({
              value,
              label: key(`shared:status.${STATUS[value]}`),
            }))}
            style={{ minWidth: 140 }}
          />
        }
        empty={<EmptyState title={t('mail.none')}>{t('mail.noneText')}</EmptyState>}
      />
    </div>
  );
}
