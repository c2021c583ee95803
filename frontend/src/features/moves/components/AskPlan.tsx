import { FormModal } from '@shared/components/FormModal';
import { useQuery } from '@tanstack/react-query';
import { Flex, Form, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { askPlan, GOALS, hostsQuery, type Plan } from '../plans';

interface Values {
  goal: (typeof GOALS)[number];
  hosts: string[];
  hours: number;
  source: number;
  target: number;
  link: number;
  group: number;
}

const LIMITS = ['source', 'target', 'link', 'group'] as const;

/** Asks for a plan; nothing moves before somebody approves it. */
export function AskPlan({
  open,
  onClose,
  onDone,
}: {
  open: boolean;
  onClose: () => void;
  onDone: (plan: Plan) => void;
}) {
  const { t } = useTranslation('moves');
  const hosts = useQuery({ ...hostsQuery, enabled: open });
  return (
    <FormModal<Values, Plan>
      open={open}
      onClose={onClose}
      onDone={onDone}
      title={t('plans.askTitle')}
      submit={t('plans.ask')}
      initial={{ goal: 'drain', hosts: [], hours: 24, source: 2, target: 2, link: 8, group: 1 }}
      act={({ goal, hosts: named, hours, ...limits }) => askPlan({ goal, hosts: named, hours, limits })}
      changes={[['moves', 'plans']]}
    >
      <Form.Item name="goal" label={t('plans.goal')}>
        <Select options={GOALS.map((goal) => ({ value: goal, label: t(`plans.goals.${goal}`) }))} />
      </Form.Item>
      <Form.Item name="hosts" label={t('plans.hosts')} extra={t('plans.hostsHelp')}>
        <Select
          mode="multiple"
          optionFilterProp="label"
          loading={hosts.isPending}
          options={(hosts.data?.results ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Form.Item>
      <Form.Item name="hours" label={t('plans.hours')}>
        <InputNumber min={1} max={48} precision={0} />
      </Form.Item>
      <p className="muted">{t('plans.limits')}</p>
      <Flex gap={12} wrap>
        {LIMITS.map((limit) => (
          <Form.Item key={limit} name={limit} label={t(`plans.most.${limit}`)}>
            <InputNumber min={1} max={100} precision={0} />
          </Form.Item>
        ))}
      </Flex>
    </FormModal>
  );
}
