import { isProblem, Problem } from '@shared/api/problem';
import { useAct } from '@shared/api/useAct';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { showOnFields } from '@shared/components/form';
import { PageLoading } from '@shared/components/PageLoading';
import { Button, Drawer, Form, Input, Space } from 'antd';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { changeTemplate, createTemplate, type Template, type TemplateGiven, templatesQuery } from '../api';
import { useTemplatePanels } from '../panels';

interface Props {
  /** Without one: a new template. */
  template: Template | null;
  /** Whose it becomes; null for the platform's gallery. */
  tenant: string | null;
  /** Whose clusters and flavors the form suggests. */
  suggestFor: string;
  onClose: () => void;
}

const NEW = { name: 'my-job', roles: [{ command: ['python', 'train.py'] }] };

export function EditTemplate({ template, tenant, suggestFor, onClose }: Props) {
  const { t } = useTranslation('templates');
  const { SpecField } = useTemplatePanels();
  const [form] = Form.useForm<{ name: string; description: string }>();
  const [start] = useState<Record<string, unknown>>(template?.spec ?? NEW);
  const [spec, setSpec] = useState<Record<string, unknown> | null>(start);
  const [problem, setProblem] = useState<unknown>(null);
  const save = useAct<TemplateGiven>({
    act: (given) => (template ? changeTemplate(template, given) : createTemplate(tenant, given)),
    done: (_, given) => t('saved', { name: given.name }),
    changes: [templatesQuery.queryKey],
    onDone: onClose,
    onProblem: (error) => setProblem(showOnFields(form, error)),
  });
  const fields = isProblem(problem) ? problem.fields : [];
  const refused = fields.map((field) => ({ ...field, pointer: field.pointer.replace(/^\/spec/, '') }));
  return (
    <Drawer
      open
      title={template ? t('editNamed', { name: template.name }) : t('new')}
      size={960}
      onClose={onClose}
      destroyOnHidden
      extra={
        <Space>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="primary" disabled={spec === null} loading={save.isPending} onClick={() => form.submit()}>
            {t('save')}
          </Button>
        </Space>
      }
    >
      {problem instanceof Problem && problem.fields.length === 0 ? <ErrorPanel error={problem} /> : null}
      <Form
        form={form}
        layout="vertical"
        initialValues={{ name: template?.name ?? '', description: template?.description ?? '' }}
        onFinish={(given: { name: string; description: string }) => spec && save.mutate({ ...given, spec })}
      >
        <Form.Item name="name" label={t('name')} rules={[{ required: true, max: 63 }]}>
          <Input autoComplete="off" />
        </Form.Item>
        <Form.Item name="description" label={t('description')} rules={[{ max: 500 }]}>
          <Input.TextArea rows={2} />
        </Form.Item>
      </Form>
      <Suspense fallback={<PageLoading />}>
        <SpecField tenant={suggestFor} start={start} onSpec={setSpec} refused={refused} />
      </Suspense>
    </Drawer>
  );
}
