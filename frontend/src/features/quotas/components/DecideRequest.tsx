import { http } from '@shared/api/http';
import { tenantQuotasQuery } from '@shared/api/quotas';
import { type QuotaRequest, requestsKey } from '@shared/api/requests';
import type { Preview } from '@shared/api/tenants';
import { useAct } from '@shared/api/useAct';
import { AmountInput } from '@shared/components/AmountInput';
import { Casualties } from '@shared/components/Casualties';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { useRequestWords } from '@shared/components/requestWords';
import { RelativeTime, useExactTime } from '@shared/components/values';
import { useQuery } from '@tanstack/react-query';
import { Button, Flex, Form, Input, InputNumber, Modal } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  request: QuotaRequest;
  onClose: () => void;
}

/** One request, with whom granting it would hit; granted (all or a part of it) or declined, with a reason. */
export function DecideRequest({ request, onClose }: Props) {
  const { t } = useTranslation('quotas');
  const { t: shared } = useTranslation();
  const words = useRequestWords();
  const exact = useExactTime();
  const field = useId();
  const [amount, setAmount] = useState<number | null>(request.amount);
  const [reason, setReason] = useState('');
  const path = `/quota-requests/${request.id}`;
  const whom = (cursor?: string) =>
    http.get<Preview>(`${path}/preview/`, { query: { act: 'approve', amount, cursor } });
  const preview = useQuery({
    queryKey: [...requestsKey, request.id, 'preview', amount],
    queryFn: () => whom(),
    enabled: Boolean(amount),
    staleTime: 0,
  });
  const hits = preview.data?.count ?? 0;
  const changes = [requestsKey, tenantQuotasQuery(request.tenant.id).queryKey, ['quotas']];
  const approve = useAct<void, QuotaRequest>({
    act: () => http.post(`${path}/approve/`, { amount, reason }, { query: { confirm: hits > 0 } }),
    done: t('requests.approved'),
    changes,
    onDone: onClose,
    onProblem: () => undefined,
  });
  const decline = useAct<void, QuotaRequest>({
    act: () => http.post(`${path}/decline/`, { reason }),
    done: t('requests.declined'),
    changes,
    onDone: onClose,
    onProblem: () => undefined,
  });
  const busy = approve.isPending || decline.isPending;
  const error = approve.error ?? decline.error;
  return (
    <Modal
      open
      title={t('requests.decide')}
      onCancel={onClose}
      footer={
        <Flex gap={8} justify="flex-end">
          <Button onClick={onClose}>{shared('cancel')}</Button>
          <Button
            danger
            disabled={busy || reason.trim() === ''}
            title={reason.trim() === '' ? t('requests.whyNot') : ''}
            loading={decline.isPending}
            onClick={() => decline.mutate()}
          >
            {t('requests.decline')}
          </Button>
          <Button
            type="primary"
            danger={hits > 0}
            disabled={busy || !amount || !preview.data}
            loading={approve.isPending}
            onClick={() => approve.mutate()}
          >
            {hits > 0 ? shared('review.despite', { action: t('requests.approve') }) : t('requests.approve')}
          </Button>
        </Flex>
      }
    >
      <Flex vertical gap={12}>
        <div>
          <strong>{words.sentence(request)}</strong>
          <div className="muted">
            {t('requests.by', { name: request.requested_by.name, tenant: request.tenant.name })} ·{' '}
            <RelativeTime at={request.created_at} /> ·{' '}
            {request.until ? t('requests.untilWhen', { until: exact(request.until) }) : t('requests.forGood')}
          </div>
        </div>
        <blockquote className="quote">{request.reason}</blockquote>
        <Form layout="vertical" component="div">
          <Form.Item label={t('requests.grant')} extra={t('requests.grantHelp')} style={{ marginBottom: 0 }}>
            {request.flavor ? (
              <AmountInput
                resource={request.resource}
                label={t('requests.grant')}
                value={amount}
                onChange={setAmount}
              />
            ) : (
              <InputNumber
                aria-label={t('requests.grant')}
                min={1}
                precision={0}
                value={amount}
                onChange={setAmount}
                style={{ width: 140 }}
              />
            )}
          </Form.Item>
        </Form>
        <Casualties preview={preview} more={whom} />
        {hits > 0 ? <span className="muted">{shared('review.noKill')}</span> : null}
        <label htmlFor={field}>{t('requests.decisionReason')}</label>
        <Input.TextArea
          id={field}
          autoSize={{ minRows: 2, maxRows: 6 }}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        {error ? <ErrorPanel error={error} /> : null}
      </Flex>
    </Modal>
  );
}
