import { http } from '@shared/api/http';
import { type QuotaRequest, type RequestsView, requestQuery, requestsKey, requestsQuery } from '@shared/api/requests';
import type { Preview } from '@shared/api/tenants';
import { useAct } from '@shared/api/useAct';
import { can } from '@shared/components/Can';
import { EmptyState } from '@shared/components/EmptyState';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { type Column, ResourceTable } from '@shared/components/ResourceTable';
import { ReviewedChange } from '@shared/components/ReviewedChange';
import { useRequestWords } from '@shared/components/requestWords';
import { StatusTag } from '@shared/components/StatusTag';
import { RelativeTime } from '@shared/components/values';
import { useLivePage } from '@shared/live/useStream';
import { useView } from '@shared/routing/view';
import { usePlace } from '@shared/session/place';
import type { SessionTenant } from '@shared/session/session';
import { useQuery } from '@tanstack/react-query';
import { Button, Flex, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DecideRequest } from './DecideRequest';

const STATES = ['requested', 'approved', 'declined', 'withdrawn', 'ended'] as const;

interface Props {
  /** Null: those of all tenants. */
  tenant: SessionTenant | null;
  /** The button that asks for more. */
  more?: ReactNode;
}

/** Requests for more quota, for those who made them and for those who decide. */
export function Requests({ tenant, more = null }: Props) {
  const { t } = useTranslation('quotas');
  const { t: shared } = useTranslation();
  const { session } = usePlace();
  const words = useRequestWords();
  const [view, setView] = useView<RequestsView & { request?: string }>();
  const { cursor, limit, order, state } = view;
  const options = requestsQuery({ cursor, limit, order, state, ...(tenant ? { tenant: tenant.id } : {}) });
  const query = useQuery(options);
  const { changes, refresh } = useLivePage<QuotaRequest>(options.queryKey, {
    tenant: tenant?.id ?? 'platform',
    kinds: ['quota-request'],
  });
  const [ending, setEnding] = useState<QuotaRequest | null>(null);
  const withdraw = useAct<QuotaRequest>({
    act: (request) => http.post(`/quota-requests/${request.id}/withdraw/`, {}),
    done: t('requests.withdrawn'),
    changes: [requestsKey],
  });
  const decides = (request: QuotaRequest) =>
    can(session, request.decided_with) || (request.asks !== 'quota' && can(tenant, request.decided_with));
  const show = (request?: string) => setView({ request, cursor });
  const columns: Column<QuotaRequest>[] = [
    {
      key: 'what',
      title: t('requests.what'),
      always: true,
      render: (request) => (
        <div>
          {words.sentence(request)}
          <div className="muted clipped" title={request.reason}>
            {request.reason}
          </div>
        </div>
      ),
    },
    ...(tenant ? [] : [{ key: 'tenant', title: t('list.tenant'), render: (one: QuotaRequest) => one.tenant.name }]),
    { key: 'who', title: t('requests.who'), render: (request) => request.requested_by.name },
    {
      key: 'until',
      title: t('requests.until'),
      render: (request) => <RelativeTime at={request.until} none={t('requests.forGood')} />,
    },
    {
      key: 'state',
      title: t('requests.state'),
      render: (request) => <State request={request} />,
    },
    {
      key: 'created',
      title: t('requests.asked'),
      order: 'created',
      render: (request) => <RelativeTime at={request.created_at} />,
    },
    {
      key: 'acts',
      title: '',
      always: true,
      render: (request) => (
        <Flex gap={4} justify="flex-end">
          {request.acts.includes('approve') && decides(request) ? (
            <Button size="small" onClick={() => show(request.id)}>
              {t('requests.decide')}
            </Button>
          ) : null}
          {request.acts.includes('withdraw') && request.requested_by.id === session.user.id ? (
            <Button size="small" type="text" loading={withdraw.isPending} onClick={() => withdraw.mutate(request)}>
              {t('requests.withdraw')}
            </Button>
          ) : null}
          {request.acts.includes('end') && decides(request) ? (
            <Button size="small" type="text" danger onClick={() => setEnding(request)}>
              {t('requests.end')}
            </Button>
          ) : null}
        </Flex>
      ),
    },
  ];
  return (
    <>
      <ResourceTable
        name="quota-requests"
        label={t('requests.title')}
        query={query}
        columns={columns}
        defaultOrder="-created"
        filtered={Boolean(state?.length)}
        onClearFilters={() => setView({ state: undefined })}
        changes={changes}
        onRefresh={() => void refresh()}
        filters={
          <>
            <Select<string[]>
              mode="multiple"
              allowClear
              aria-label={t('requests.state')}
              placeholder={t('requests.state')}
              style={{ minWidth: 180 }}
              value={[...(state ?? [])]}
              onChange={(chosen) => setView({ state: chosen })}
              options={STATES.map((value) => ({ value, label: shared(`status.${value}`) }))}
            />
            {more}
          </>
        }
        empty={
          <EmptyState title={t('requests.empty')} action={more}>
            {t('requests.emptyText')}
          </EmptyState>
        }
      />
      {view.request ? <Opened id={view.request} decides={decides} onClose={() => show()} /> : null}
      {ending ? (
        <ReviewedChange
          title={t('requests.endTitle')}
          action={t('requests.end')}
          preview={(cursor) =>
            http.get<Preview>(`/quota-requests/${ending.id}/preview/`, { query: { act: 'end', cursor } })
          }
          apply={(confirm) => http.post(`/quota-requests/${ending.id}/end/`, {}, { query: { confirm } })}
          done={t('requests.ended')}
          changes={[requestsKey, ['quotas'], ['tenants', ending.tenant.id]]}
          onClose={() => setEnding(null)}
        />
      ) : null}
    </>
  );
}

function State({ request }: { request: QuotaRequest }) {
  const { t } = useTranslation('quotas');
  const words = useRequestWords();
  const partly = request.granted !== null && request.granted < request.amount;
  return (
    <div>
      <StatusTag
        status={request.state}
        suffix={partly ? t('requests.partly', { amount: words.amount(request, request.granted ?? 0) }) : null}
      />
      {request.decided_by ? (
        <div className="muted clipped" title={request.decision_reason}>
          {[request.decided_by.name, request.decision_reason].filter(Boolean).join(': ')}
        </div>
      ) : null}
    </div>
  );
}

interface OpenedProps {
  id: string;
  decides: (request: QuotaRequest) => boolean;
  onClose: () => void;
}

/** The request that the address names, such as from the start page. Decided meanwhile, it is only a row of the list. */
function Opened({ id, decides, onClose }: OpenedProps) {
  const { data, error } = useQuery(requestQuery(id));
  if (error) return <ErrorPanel brief error={error} />;
  if (!data?.acts.includes('approve') || !decides(data)) return null;
  return <DecideRequest request={data} onClose={onClose} />;
}
