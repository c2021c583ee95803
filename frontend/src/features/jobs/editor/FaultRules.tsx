import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Flex, Form, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import styles from '../components/jobs.module.css';
import { FAULT_ACTIONS, FAULT_EVENTS, type FaultRuleForm, type SpecForm } from '../model/form';
import { useBound, useSpec } from './context';
import { ExitCodes } from './ExitCodes';

/** What follows from certain failures: rules that are asked in turn, before the general answer. */
export function FaultRules() {
  const { t } = useTranslation('jobs');
  const { value: spec } = useSpec();
  const { value = [], set, error } = useBound<FaultRuleForm[]>(['fault_policy', 'rules'], true);
  const put = (rules: FaultRuleForm[]) => set(rules.length > 0 ? rules : undefined);
  const roles = ((spec as SpecForm).roles ?? []).map((role) => role.name ?? 'worker');
  const change = (index: number, next: FaultRuleForm) => {
    const kept = Object.entries(next).filter(([, one]) => one !== undefined);
    put(value.map((rule, place) => (place === index ? Object.fromEntries(kept) : rule)));
  };
  return (
    <Form.Item
      label={t('rules.title')}
      validateStatus={error ? 'error' : ''}
      help={error ?? t('rules.help')}
      className={styles.wide ?? ''}
    >
      {value.map((rule, index) => {
        const number = index + 1;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a rule is its place in the list
          <Flex key={index} gap={8} wrap className={styles.line ?? ''}>
            <Select
              style={{ flex: '2 1 190px' }}
              aria-label={t('rules.eventOf', { number })}
              value={rule.event ?? null}
              options={FAULT_EVENTS.map((one) => ({ value: one, label: t(`rules.events.${one}`) }))}
              onChange={(event) => {
                const { exit_codes: _, ...rest } = rule;
                change(index, { ...rest, event });
              }}
            />
            {rule.event === 'exit-code' && (
              <ExitCodes
                label={t('rules.codesOf', { number })}
                codes={rule.exit_codes ?? []}
                onChange={(exit_codes) => change(index, { ...rule, exit_codes })}
              />
            )}
            {(roles.length > 1 || rule.role) && (
              <Select
                style={{ flex: '1 1 130px' }}
                aria-label={t('rules.roleOf', { number })}
                value={rule.role ?? ''}
                options={[
                  { value: '', label: t('rules.anyRole') },
                  ...roles.map((role) => ({ value: role, label: role })),
                ]}
                onChange={(role) => change(index, { ...rule, role: role || undefined })}
              />
            )}
            <Select
              style={{ flex: '1 1 170px' }}
              aria-label={t('rules.actionOf', { number })}
              value={rule.action ?? null}
              options={FAULT_ACTIONS.map((one) => ({ value: one, label: t(`rules.actions.${one}`) }))}
              onChange={(action) => change(index, { ...rule, action })}
            />
            <Button
              type="text"
              icon={<DeleteOutlined />}
              aria-label={t('rules.remove', { number })}
              onClick={() => put(value.filter((_, place) => place !== index))}
            />
          </Flex>
        );
      })}
      <Button
        type="dashed"
        icon={<PlusOutlined />}
        onClick={() => put([...value, { event: 'out-of-memory', action: 'fail' }])}
      >
        {t('rules.add')}
      </Button>
    </Form.Item>
  );
}
