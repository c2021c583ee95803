import { DownloadOutlined } from '@ant-design/icons';
import { EmptyState } from '@shared/components/EmptyState';
import { type Column, ResourceTable } from '@shared/components/ResourceTable';
import { SearchField } from '@shared/components/SearchField';
import { RelativeTime } from '@shared/components/values';
import { useKey } from '@shared/i18n/key';
import { useView } from '@shared/routing/view';
import { useQuery } from '@tanstack/react-query';
import { Button, DatePicker, Dropdown, Tag } from 'antd';
import dayjs from 'dayjs';
import { type ReactNode, useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { type AuditEntry, type AuditView, auditPath, auditQuery, exportAddress } from '../api';
import { Entry } from './Entry';

const FORMATS = ['csv', 'jsonl'] as const;
/** Filters that are chosen by clicking what they are about in a row. */
const CHOSEN = ['actor', 'on_behalf_of', 'token', 'subject', 'kind', 'address', 'request'] as const;
const NOTHING: Partial<AuditView> = Object.fromEntries(
  [...CHOSEN, 'action', 'since', 'until'].map((name) => [name, undefined]),
);

interface Props {
  tenantId: string | null;
  /** Further filters, left of the others. */
  filters?: ReactNode;
}

/** Who did what to which object, newest first. */
export function Trail({ tenantId, filters }: Props) {
  const { t } = useTranslation('audit');
  const { t: shared } = useTranslation();
  const key = useKey();
  const [view, setView] = useView<AuditView>();
  const query = useQuery(auditQuery(tenantId, view));
  const byAction = useCallback((action: string) => setView({ action }, { replace: true }), [setView]);
  const columns: Column<AuditEntry>[] = [
    { key: 'at', title: t('when'), always: true, width: 150, render: (entry) => <RelativeTime at={entry.at} /> },
    {
      key: 'actor',
      title: t('who'),
      always: true,
      render: (entry) => (
        <span>
          <button type="button" className="link" onClick={() => setView({ actor: entry.actor_id })}>
            {entry.actor_label}
          </button>
          {entry.token_label ? (
            <Tag style={{ marginInlineStart: 8 }}>
              <button type="button" className="link" onClick={() => setView({ token: entry.token_id ?? undefined })}>
                {t('byToken', { token: entry.token_label })}
              </button>
            </Tag>
          ) : null}
          {entry.on_behalf_of_label ? (
            <Tag style={{ marginInlineStart: 8 }}>
              <button
                type="button"
                className="link"
                onClick={() => setView({ on_behalf_of: entry.on_behalf_of_id ?? undefined })}
              >
                {t('onBehalfOf', { name: entry.on_behalf_of_label })}
              </button>
            </Tag>
          ) : null}
        </span>
      ),
    },
    {
      key: 'action',
      title: t('action'),
      always: true,
      render: (entry) => (
        <button type="button" className="link mono" onClick={() => setView({ action: entry.action })}>
          {entry.action}
        </button>
      ),
    },
    {
      key: 'subject',
      title: t('subject'),
      render: (entry) => (
        <span>
          <button type="button" className="link muted" onClick={() => setView({ kind: entry.subject_kind })}>
            {key(`shared:kind.${entry.subject_kind}`, { fallback: entry.subject_kind })}
          </button>{' '}
          <button type="button" className="link" onClick={() => setView({ subject: entry.subject_id })}>
            {entry.subject_label || entry.subject_id}
          </button>
        </span>
      ),
    },
    {
      key: 'address',
      title: t('from'),
      optional: true,
      render: (entry) => (
        <button type="button" className="link" onClick={() => setView({ address: entry.address })}>
          {entry.address}
        </button>
      ),
    },
    {
      key: 'request',
      title: t('request'),
      optional: true,
      render: (entry) => (
        <button type="button" className="link mono" onClick={() => setView({ request: entry.request_id })}>
          {entry.request_id}
        </button>
      ),
    },
  ];
  const chosen = CHOSEN.filter((name) => view[name]);
  return (
    <ResourceTable
      name="audit"
      label={shared('pages.audit')}
      query={query}
      columns={columns}
      filtered={Boolean(view.action || view.since || view.until || chosen.length > 0)}
      onClearFilters={() => setView(NOTHING)}
      expand={(entry) => <Entry entry={entry} />}
      filters={
        <>
          {filters}
          <SearchField label={t('findAction')} value={view.action ?? ''} onChange={byAction} />
          <DatePicker.RangePicker
            showTime={{ format: 'HH:mm' }}
            format="YYYY-MM-DD HH:mm"
            allowEmpty={[true, true]}
            placeholder={[t('since'), t('until')]}
            aria-label={t('range')}
            value={[view.since ? dayjs(view.since) : null, view.until ? dayjs(view.until) : null]}
            onChange={(range) => setView({ since: range?.[0]?.toISOString(), until: range?.[1]?.toISOString() })}
          />
          {chosen.map((name) => (
            <Tag key={name} closable onClose={() => setView({ [name]: undefined })}>
              {t(`only.${name}`)}
            </Tag>
          ))}
          <Button onClick={() => void query.refetch()}>{t('refresh')}</Button>
          <Dropdown
            trigger={['click']}
            menu={{
              items: FORMATS.map((as) => ({
                key: as,
                label: (
                  <a href={exportAddress(tenantId, view, as)} download>
                    {t(`formats.${as}`)}
                  </a>
                ),
              })),
            }}
          >
            <Button icon={<DownloadOutlined />}>{t('export')}</Button>
          </Dropdown>
        </>
      }
      empty={
        <EmptyState
          title={t('empty')}
          command={`curl -H "Authorization: Bearer $HANSE_TOKEN" ${location.origin}/api/v1${auditPath(tenantId)}`}
        >
          {t('emptyText')}
        </EmptyState>
      }
    />
  );
}
