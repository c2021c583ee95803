import { can } from '@shared/components/Can';
import type { SessionTenant } from '@shared/session/session';
import { useQuery } from '@tanstack/react-query';
import { Flex, Form, Input, InputNumber, Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { type PartValues, templateNamesQuery } from '../jobs';

/** Projects in which the reader may give a part. */
export const projectsFor = (tenant: SessionTenant) => tenant.projects.filter((one) => can(one, 'jobs.submit'));

export const partToBegin = (tenant: SessionTenant): Partial<PartValues> => {
  const [first] = projectsFor(tenant);
  return { ...(first && { project: first.id }), from: 'program', replicas: 1, cores: 1, memory: '1Gi' };
};

/** What we run of a federated job: an ordinary job, from a template or written here. */
export function OurPart({ tenant }: { tenant: SessionTenant }) {
  const { t } = useTranslation('federation');
  const needed = [{ required: true, message: t('needs') }];
  const from = Form.useWatch<PartValues['from']>('from');
  const templates = useQuery({ ...templateNamesQuery, enabled: from === 'template' });
  return (
    <fieldset className="contract-brings">
      <legend>{t('ourPart')}</legend>
      <Form.Item name="project" label={t('project')} rules={needed}>
        <Select options={projectsFor(tenant).map(({ id, name }) => ({ value: id, label: name }))} />
      </Form.Item>
      <Form.Item name="from" label={t('partFrom')}>
        <Radio.Group
          options={[
            { value: 'program', label: t('program') },
            { value: 'template', label: t('template') },
          ]}
        />
      </Form.Item>
      {from === 'template' ? (
        <Form.Item name="template" label={t('template')} rules={needed}>
          <Select
            showSearch
            optionFilterProp="label"
            loading={templates.isPending}
            options={(templates.data?.results ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Form.Item>
      ) : (
        <>
          <Form.Item name="command" label={t('command')} extra={t('commandHelp')} rules={needed}>
            <Input.TextArea rows={3} className="mono" spellCheck={false} />
          </Form.Item>
          <Form.Item name="image" label={t('image')} extra={t('imageHelp')}>
            <Input maxLength={300} autoComplete="off" />
          </Form.Item>
          <Flex gap={16} wrap>
            <Form.Item name="replicas" label={t('replicas')} rules={needed}>
              <InputNumber min={1} max={1000} precision={0} />
            </Form.Item>
            <Form.Item name="cores" label={t('cores')} rules={needed}>
              <InputNumber min={0.01} max={1000} />
            </Form.Item>
            <Form.Item name="memory" label={t('memory')} rules={needed}>
              <Input maxLength={20} autoComplete="off" />
            </Form.Item>
          </Flex>
        </>
      )}
    </fieldset>
  );
}
