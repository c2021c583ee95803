import { FormModal } from '@shared/components/FormModal';
import { Form, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Asked, askRun, ENGINES, KINDS, type Run, runsQuery } from '../api';
import { Cost } from './Cost';

interface Values {
  kind: (typeof KINDS)[number] | '';
  engine: (typeof ENGINES)[number];
  horizon_hours: 24 | 48 | 72;
  device: 'auto' | 'cpu' | 'cuda';
}

const INITIAL: Values = { kind: '', engine: 'xgboost', horizon_hours: 48, device: 'auto' };
const askedOf = ({ kind, ...asked }: Values): Asked => ({ ...asked, selection: kind ? { kind } : {} });

/** Asks for a run; its progress is shown among the runs. */
export function AskForecast({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation('forecasts');
  return (
    <FormModal<Values, Run>
      open={open}
      onClose={onClose}
      title={t('askTitle')}
      submit={t('ask')}
      initial={INITIAL}
      act={(values) => askRun(askedOf(values))}
      done={t('accepted')}
      changes={[runsQuery.queryKey]}
    >
      <Form.Item name="kind" label={t('selection')}>
        <Select
          options={[
            { value: '', label: t('all') },
            ...KINDS.map((kind) => ({ value: kind, label: t(`kinds.${kind}`) })),
          ]}
        />
      </Form.Item>
      <Form.Item name="engine" label={t('engine')}>
        <Select options={ENGINES.map((engine) => ({ value: engine, label: engine }))} />
      </Form.Item>
      <Form.Item name="horizon_hours" label={t('horizon')}>
        <Select options={[24, 48, 72].map((hours) => ({ value: hours, label: t('hours', { count: hours }) }))} />
      </Form.Item>
      <Form.Item name="device" label={t('deviceAsked')}>
        <Select
          options={(['auto', 'cpu', 'cuda'] as const).map((device) => ({
            value: device,
            label: t(`devices.${device}`),
          }))}
        />
      </Form.Item>
      <Form.Item noStyle shouldUpdate>
        {(form) => <Cost asked={askedOf({ ...INITIAL, ...(form.getFieldsValue() as Partial<Values>) })} />}
      </Form.Item>
    </FormModal>
  );
}
