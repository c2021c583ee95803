/** Asks for more: whoever meets a limit says of what, how much, why and until when; who may grant it is told. */
import { http } from '@shared/api/http';
import { type TenantQuotaLine, tenantQuotasQuery } from '@shared/api/quotas';
import { type Asks, type QuotaRequest, requestsKey } from '@shared/api/requests';
import type { SessionTenant } from '@shared/session/session';
import { useQuery } from '@tanstack/react-query';
import { DatePicker, Form, Input, InputNumber, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import { AmountInput } from './AmountInput';
import { FormModal } from './FormModal';
import { useAmount } from './values';

interface Given {
  asks: Asks;
  /** "<cluster> <flavor> <resource>" */
  line?: string;
  project?: string;
  amount: number;
  reason: string;
  until?: Dayjs;
}

/** What the form begins with, where it is opened at a limit. */
export interface Beginning {
  asks?: Asks;
  cluster?: string;
  flavor?: string;
  resource?: string;
  /** In the unit of the API. */
  amount?: number;
  /** Id of a project. */
  project?: string;
}

interface Props {
  tenant: SessionTenant;
  beginning?: Beginning;
  onClose: () => void;
}

const nameOf = (line: { cluster: string; flavor: string; resource: string }) =>
  [line.cluster, line.flavor, line.resource].join(' ');
const ofFlavor = (asks: Asks | undefined) => asks === 'quota' || ofProject(asks);
const ofProject = (asks: Asks | undefined) => asks === 'guarantee' || asks === 'cap';

export function RequestMore({ tenant, beginning = {}, onClose }: Props) {
  const { t } = useTranslation('quotas');
  const { cluster, flavor, resource } = beginning;
  const line = cluster && flavor && resource ? nameOf({ cluster, flavor, resource }) : undefined;
  const send = ({ asks, line: chosen, project, amount, reason, until }: Given) => {
    const [clusterOf, flavorOf, resourceOf] = chosen?.split(' ') ?? [];
    return http.post<QuotaRequest>(`/tenants/${tenant.id}/quota-requests/`, {
      asks,
      amount,
      reason,
      until: until?.endOf('day').toISOString() ?? null,
      ...(ofFlavor(asks) ? { cluster: clusterOf, flavor: flavorOf, resource: resourceOf } : {}),
      ...(ofProject(asks) ? { project } : {}),
    });
  };
  return (
    <FormModal<Given, QuotaRequest>
      open
      title={t('requests.more')}
      submit={t('requests.send')}
      initial={
        {
          asks: beginning.asks ?? 'quota',
          line,
          project: beginning.project ?? tenant.projects[0]?.id,
          amount: beginning.amount,
        } as Partial<Given>
      }
      act={send}
      done={t('requests.sent')}
      changes={[requestsKey]}
      onClose={onClose}
    >
      <Fields tenant={tenant} />
    </FormModal>
  );
}

function Fields({ tenant }: { tenant: SessionTenant }) {
  const { t } = useTranslation('quotas');
  const form = Form.useFormInstance<Given>();
  const asks = Form.useWatch('asks', form) as Asks | undefined;
  const line = Form.useWatch('line', form) as string | undefined;
  const resource = ofFlavor(asks) ? (line?.split(' ')[2] ?? '') : '';
  return (
    <>
      <Form.Item
        name="asks"
        label={t('requests.of')}
        extra={asks ? t(`requests.decides.${asks === 'quota' ? 'platform' : 'tenant'}`, { tenant: tenant.name }) : null}
        rules={[{ required: true }]}
      >
        <Select
          onChange={() => form.setFieldValue('amount', undefined)}
          options={(['quota', 'guarantee', 'cap', 'user-running', 'user-gpus'] as const)
            .filter((one) => tenant.projects.length > 0 || !ofProject(one))
            .map((one) => ({ value: one, label: t(`requests.asks.${one}`) }))}
        />
      </Form.Item>
      {ofProject(asks) ? (
        <Form.Item name="project" label={t('requests.project')} rules={[{ required: true }]}>
          <Select options={tenant.projects.map(({ id, name }) => ({ value: id, label: name }))} />
        </Form.Item>
      ) : null}
      {ofFlavor(asks) ? <LineField tenantId={tenant.id} /> : null}
      <Form.Item
        name="amount"
        label={t('requests.amount')}
        rules={[{ required: true, type: 'number', min: 1, message: t('requests.amountMissing') }]}
      >
        {resource ? (
          <AmountInput resource={resource} label={t('requests.amount')} />
        ) : (
          <InputNumber min={1} precision={0} style={{ width: 140 }} />
        )}
      </Form.Item>
      <Form.Item
        name="reason"
        label={t('requests.reason')}
        extra={t('requests.reasonHelp')}
        rules={[{ required: true, whitespace: true, max: 500, message: t('requests.reasonMissing') }]}
      >
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={500} />
      </Form.Item>
      <Form.Item name="until" label={t('requests.until')} extra={t('requests.untilHelp')}>
        <DatePicker minDate={dayjs()} placeholder={t('requests.forGood')} style={{ width: 220 }} />
      </Form.Item>
    </>
  );
}

function LineField({ tenantId }: { tenantId: string }) {
  const { t } = useTranslation('quotas');
  const amount = useAmount();
  const { data, isPending } = useQuery(tenantQuotasQuery(tenantId));
  const label = (line: TenantQuotaLine) =>
    `${line.flavor} · ${t('requests.now', { amount: amount(line.resource, line.nominal), cluster: line.cluster.name })}`;
  return (
    <Form.Item name="line" label={t('requests.line')} rules={[{ required: true, message: t('requests.lineMissing') }]}>
      <Select
        loading={isPending}
        showSearch={{ optionFilterProp: 'label' }}
        options={
          data?.results.map((line) => ({
            value: nameOf({ cluster: line.cluster.slug, flavor: line.flavor, resource: line.resource }),
            label: label(line),
          })) ?? []
        }
      />
    </Form.Item>
  );
}
