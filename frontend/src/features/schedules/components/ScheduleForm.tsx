import { FormModal } from '@shared/components/FormModal';
import { useTimeZone } from '@shared/components/values';
import { useQuery } from '@tanstack/react-query';
import { Form, Input, InputNumber, Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { parse, stringify } from 'yaml';
import {
  changeSchedule,
  createSchedule,
  type Given,
  type ScheduleDetail,
  schedulesKey,
  templateNamesQuery,
} from '../api';
import { CronPreview } from './Cron';

interface Typed extends Omit<Given, 'spec' | 'template'> {
  source: 'template' | 'spec';
  spec: string;
  template?: string;
}

const EXAMPLE = `name: nightly
roles:
  - command: [python, train.py]
    cpu_millicores: 1000
    memory_bytes: 2Gi
`;

const isYaml = async (_: unknown, text: string | undefined) => {
  parse(text ?? '', { maxAliasCount: 0 });
};

const bodyOf = ({ source, spec, template, ...rest }: Typed): Given => ({
  ...rest,
  ...(source === 'spec' ? { spec: parse(spec, { maxAliasCount: 0 }) } : template ? { template } : {}),
});

interface Props {
  project: string;
  /** Null: a new one. */
  schedule: ScheduleDetail | null;
  onClose: () => void;
  onDone?: (schedule: ScheduleDetail) => void;
}

export function ScheduleForm({ project, schedule, onClose, onDone }: Props) {
  const { t } = useTranslation('schedules');
  const { t: shared } = useTranslation();
  const mine = useTimeZone();
  const templates = useQuery(templateNamesQuery);
  const initial: Partial<Typed> = schedule
    ? {
        ...schedule,
        source: schedule.spec ? 'spec' : 'template',
        spec: schedule.spec ? stringify(schedule.spec) : EXAMPLE,
        ...(schedule.template ? { template: schedule.template.id } : { template: undefined as never }),
      }
    : {
        cron: '0 2 * * *',
        time_zone: mine,
        overlap: 'forbid',
        missed: 'catch-up',
        starting_deadline_seconds: 3600,
        source: 'template',
        spec: EXAMPLE,
      };
  return (
    <FormModal<Typed, ScheduleDetail>
      open
      width={640}
      title={schedule ? t('edit', { name: schedule.name }) : t('new')}
      submit={schedule ? shared('save') : t('create')}
      initial={initial}
      act={({ name, cron, time_zone, overlap, missed, starting_deadline_seconds, source, spec, template }) => {
        const typed = { name, cron, time_zone, overlap, missed, starting_deadline_seconds, source, spec };
        const body = bodyOf({ ...typed, ...(template ? { template } : {}) });
        return schedule ? changeSchedule(schedule, body) : createSchedule(project, body);
      }}
      done={shared('saved')}
      changes={[schedulesKey(project)]}
      onClose={onClose}
      {...(onDone ? { onDone } : {})}
    >
      {(form) => (
        <>
          {schedule ? <p className="muted">{t('becomesOwner')}</p> : null}
          <Form.Item name="name" label={shared('name')} rules={[{ required: true, max: 63 }]}>
            <Input autoComplete="off" spellCheck={false} />
          </Form.Item>
          <Form.Item name="cron" label={t('cronLabel')} extra={t('cronHelp')} rules={[{ required: true }]}>
            <Input autoComplete="off" spellCheck={false} className="mono" />
          </Form.Item>
          <Form.Item name="time_zone" label={t('zone')}>
            <Select
              showSearch={{ optionFilterProp: 'label' }}
              options={['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')].map((zone) => ({
                value: zone,
                label: zone,
              }))}
            />
          </Form.Item>
          <Form.Item noStyle shouldUpdate>
            {() => (
              <CronPreview
                cron={(form.getFieldValue('cron') as string | undefined) ?? ''}
                zone={(form.getFieldValue('time_zone') as string | undefined) ?? 'UTC'}
              />
            )}
          </Form.Item>
          <Form.Item name="source" label={t('what')}>
            <Radio.Group
              options={[
                { value: 'template', label: t('fromTemplate') },
                { value: 'spec', label: t('fromSpec') },
              ]}
            />
          </Form.Item>
          <Form.Item noStyle shouldUpdate={(before, after) => before.source !== after.source}>
            {() =>
              form.getFieldValue('source') === 'spec' ? (
                <Form.Item
                  name="spec"
                  label={t('spec')}
                  rules={[{ required: true }, { validator: isYaml, message: t('noYaml') }]}
                >
                  <Input.TextArea className="mono" autoSize={{ minRows: 6, maxRows: 18 }} spellCheck={false} />
                </Form.Item>
              ) : (
                <Form.Item name="template" label={t('template')} extra={t('templateHelp')} rules={[{ required: true }]}>
                  <Select
                    showSearch={{ optionFilterProp: 'label' }}
                    loading={templates.isPending}
                    options={templates.data?.results.map(({ id, name }) => ({ value: id, label: name })) ?? []}
                  />
                </Form.Item>
              )
            }
          </Form.Item>
          <Form.Item name="overlap" label={t('overlapLabel')}>
            <Select
              options={(['forbid', 'allow', 'replace'] as const).map((value) => ({
                value,
                label: t(`overlap.${value}`),
              }))}
            />
          </Form.Item>
          <Form.Item name="missed" label={t('missedLabel')}>
            <Select
              options={(['catch-up', 'skip'] as const).map((value) => ({ value, label: t(`missed.${value}`) }))}
            />
          </Form.Item>
          <Form.Item name="starting_deadline_seconds" label={t('deadline')} extra={t('deadlineHelp')}>
            <InputNumber min={60} max={604_800} step={600} style={{ width: 160 }} />
          </Form.Item>
        </>
      )}
    </FormModal>
  );
}
