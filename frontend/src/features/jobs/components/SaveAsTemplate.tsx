import { http } from '@shared/api/http';
import { useAct } from '@shared/api/useAct';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { showOnFields } from '@shared/components/form';
import { Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Job, jobPath } from '../api';

interface Props {
  job: Job;
  onClose: () => void;
}

interface Given {
  name: string;
  description?: string;
}

/** Keep a job's specification for others of the tenant to start from. */
export function SaveAsTemplate({ job, onClose }: Props) {
  const { t } = useTranslation('jobs');
  const [form] = Form.useForm<Given>();
  const [problem, setProblem] = useState<unknown>(null);
  const save = useAct<Given>({
    act: (given) => http.post(jobPath(job.project_id, job.id, 'template/'), given),
    done: (_, given) => t('template.saved', { name: given.name }),
    changes: [['templates']],
    onDone: onClose,
    onProblem: (error) => setProblem(showOnFields(form, error)),
  });
  return (
    <Modal
      open
      title={t('template.title')}
      okText={t('template.save')}
      confirmLoading={save.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
      destroyOnHidden
    >
      <p className="muted">{t('template.text', { tenant: job.tenant_slug })}</p>
      {problem ? <ErrorPanel error={problem} /> : null}
      <Form<Given>
        form={form}
        layout="vertical"
        initialValues={{ name: job.name, description: job.description }}
        onFinish={(given) => save.mutate(given)}
      >
        <Form.Item name="name" label={t('template.name')} rules={[{ required: true, max: 63 }]}>
          <Input autoComplete="off" />
        </Form.Item>
        <Form.Item name="description" label={t('form.description')} rules={[{ max: 500 }]}>
          <Input.TextArea rows={3} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
