import { etagOf, http } from '@shared/api/http';
import type { Preview, Tenant } from '@shared/api/tenants';
import { useAct } from '@shared/api/useAct';
import { can } from '@shared/components/Can';
import { Casualties } from '@shared/components/Casualties';
import { ConfirmByTyping } from '@shared/components/ConfirmByTyping';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { sessionQuery } from '@shared/session/session';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button, Flex, Input, Modal } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

const ACTS = ['suspend', 'resume', 'drain', 'close', 'remove'] as const;
type Act = (typeof ACTS)[number];

const permissionOf = (act: Act) => (act === 'remove' ? 'tenants.remove' : 'tenants.suspend');

/** active -> suspended -> active; -> draining -> closed -> removed. Each step shows first whom it would hit. */
export function TenantLife({ tenant }: { tenant: Tenant }) {
  const { t } = useTranslation('tenants');
  const [asked, setAsked] = useState<Act | null>(null);
  const possible = ACTS.filter((act) => can(tenant, permissionOf(act), act));
  if (possible.length === 0) return null;
  return (
    <section aria-labelledby="tenant-life">
      <h2 id="tenant-life" className="section-title">
        {t('life.title')}
      </h2>
      <ul className="acts">
        {possible.map((act) => (
          <li key={act}>
            <div>
              <strong>{t(`life.${act}.title`)}</strong>
              <div className="muted">{t(`life.${act}.text`)}</div>
            </div>
            <Button danger={act === 'remove' || act === 'close'} onClick={() => setAsked(act)}>
              {t(`life.${act}.act`)}
            </Button>
          </li>
        ))}
      </ul>
      {asked && asked !== 'remove' ? <ActDialog tenant={tenant} act={asked} onClose={() => setAsked(null)} /> : null}
      {asked === 'remove' ? <RemoveDialog tenant={tenant} onClose={() => setAsked(null)} /> : null}
    </section>
  );
}

interface DialogProps {
  tenant: Tenant;
  onClose: () => void;
}

const whom = (tenant: Tenant, act: Act, cursor?: string) =>
  http.get<Preview>(`/tenants/${tenant.id}/preview/`, { query: { act, cursor } });

const usePreview = (tenant: Tenant, act: Act) =>
  useQuery({
    queryKey: ['tenants', tenant.id, 'preview', act],
    queryFn: () => whom(tenant, act),
    enabled: act !== 'resume',
    staleTime: 0,
  });

function ActDialog({ tenant, act, onClose }: DialogProps & { act: Exclude<Act, 'remove'> }) {
  const { t } = useTranslation('tenants');
  const field = useId();
  const [reason, setReason] = useState('');
  const preview = usePreview(tenant, act);
  const change = useAct({
    act: () => http.post<Tenant>(`/tenants/${tenant.id}/${act}/`, { reason }),
    done: t(`life.${act}.done`, { name: tenant.name }),
    changes: [['tenants'], sessionQuery.queryKey],
    onDone: onClose,
    onProblem: () => undefined,
  });
  return (
    <Modal
      open
      title={`${t(`life.${act}.title`)}: ${tenant.name}`}
      okText={t(`life.${act}.act`)}
      okButtonProps={{ danger: act === 'close' }}
      confirmLoading={change.isPending}
      onOk={() => change.mutate()}
      onCancel={onClose}
    >
      <Flex vertical gap={12}>
        <span>{t(`life.${act}.text`)}</span>
        {act === 'resume' ? null : <Casualties preview={preview} more={(cursor) => whom(tenant, act, cursor)} />}
        <label htmlFor={field}>{t('life.reason')}</label>
        <Input id={field} value={reason} maxLength={300} onChange={(event) => setReason(event.target.value)} />
        {change.error ? <ErrorPanel error={change.error} /> : null}
      </Flex>
    </Modal>
  );
}

function RemoveDialog({ tenant, onClose }: DialogProps) {
  const { t } = useTranslation('tenants');
  const navigate = useNavigate();
  const preview = usePreview(tenant, 'remove');
  const remove = useAct({
    act: () => http.delete(`/tenants/${tenant.id}/`, { etag: etagOf(tenant), body: { confirm: tenant.slug } }),
    done: t('life.remove.done', { name: tenant.name }),
    changes: [['tenants', 'list'], sessionQuery.queryKey],
    onDone: () => void navigate({ to: '/platform/tenants' }),
    onProblem: () => undefined,
  });
  return (
    <ConfirmByTyping
      open
      title={`${t('life.remove.title')}: ${tenant.name}`}
      action={t('life.remove.act')}
      word={tenant.slug}
      pending={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate()}
      onCancel={onClose}
    >
      <span>{t('life.remove.text')}</span>
      <Casualties preview={preview} more={(cursor) => whom(tenant, 'remove', cursor)} />
    </ConfirmByTyping>
  );
}
