import { FormModal } from '@shared/components/FormModal';
import { useKey } from '@shared/i18n/key';
import type { SessionTenant } from '@shared/session/session';
import { Checkbox, DatePicker, Flex, Form, Input, InputNumber, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import { ALGORITHMS, type Contract, contractsKey, propose, type TermsGiven } from '../contracts';

interface Values {
  terms: Omit<TermsGiven, 'until'> & { until: Dayjs };
}

interface Props {
  open: boolean;
  tenant: SessionTenant;
  ours: number;
  partner: { id: string; number: number; name: string };
  /** What this edition amends; its terms are where one starts. */
  amends?: Contract;
  onClose: () => void;
  onDone?: (contract: Contract) => void;
}

export function ProposeContract({ open, tenant, ours, partner, amends, onClose, onDone }: Props) {
  const { t } = useTranslation('federation');
  const key = useKey();
  const title = t(amends ? 'amend' : 'propose');
  const needed = [{ required: true, message: t('needs') }];
  const start = amends
    ? { ...amends.terms, until: dayjs(amends.terms.until) }
    : { algorithm: ALGORITHMS[0], rounds: 20, megabytes: 50, model_at: [ours, partner.number] };
  return (
    <FormModal<Values, Contract>
      open={open}
      title={title}
      submit={title}
      width={720}
      initial={{ terms: start } as Partial<Values>}
      act={({ terms }) =>
        propose(
          tenant.id,
          partner.id,
          { ...terms, epsilon: terms.epsilon ?? null, until: terms.until.toISOString() },
          amends?.id,
        )
      }
      done={t('proposed')}
      changes={[contractsKey(tenant.id)]}
      onClose={onClose}
      {...(onDone && { onDone })}
    >
      <p className="muted">{t(amends ? 'amendText' : 'proposeText')}</p>
      <Form.Item name={['terms', 'name']} label={t('name')} rules={needed}>
        <Input maxLength={100} autoComplete="off" autoFocus />
      </Form.Item>
      <Form.Item name={['terms', 'purpose']} label={t('purpose')} extra={t('purposeHelp')} rules={needed}>
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
      <Form.Item name={['terms', 'algorithm']} label={t('algorithm')} rules={needed}>
        <Select
          options={ALGORITHMS.map((value) => ({
            value,
            label: key(`federation:algorithmName.${value}`, { fallback: value }),
          }))}
        />
      </Form.Item>
      {[ours, partner.number].map((number) => (
        <fieldset key={number} className="contract-brings">
          <legend>{t('brings', { number })}</legend>
          <Form.Item
            name={['terms', 'brings', String(number), 'dataset']}
            label={t('dataset')}
            extra={t('datasetHelp')}
            rules={needed}
          >
            <Input maxLength={500} autoComplete="off" />
          </Form.Item>
          <Form.Item
            name={['terms', 'brings', String(number), 'columns']}
            label={t('columns')}
            extra={t('columnsHelp')}
            rules={needed}
          >
            <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[',', ' ']} maxCount={100} />
          </Form.Item>
        </fieldset>
      ))}
      <Flex gap={16} wrap>
        <Form.Item name={['terms', 'rounds']} label={t('rounds')} rules={needed}>
          <InputNumber min={1} max={10_000} precision={0} />
        </Form.Item>
        <Form.Item name={['terms', 'megabytes']} label={t('megabytes')} extra={t('megabytesHelp')} rules={needed}>
          <InputNumber min={1} max={1_000_000} precision={0} suffix="MB" />
        </Form.Item>
        <Form.Item name={['terms', 'epsilon']} label={t('epsilon')} extra={t('epsilonHelp')}>
          <InputNumber min={0.01} max={1000} />
        </Form.Item>
        <Form.Item name={['terms', 'until']} label={t('ends')} rules={needed}>
          <DatePicker minDate={dayjs()} />
        </Form.Item>
      </Flex>
      <Form.Item name={['terms', 'model_at']} label={t('modelAt')} rules={needed}>
        <Checkbox.Group options={[ours, partner.number].map((number) => ({ value: number, label: String(number) }))} />
      </Form.Item>
    </FormModal>
  );
}
