import { http } from '@shared/api/http';
import { useAct } from '@shared/api/useAct';
import { CopyButton } from '@shared/components/CopyButton';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { showOnFields } from '@shared/components/form';
import { useQuery } from '@tanstack/react-query';
import { Button, Flex, Form, Input, Modal, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Job, jobPath, sharesQuery } from '../api';

interface Props {
  job: Job;
  onClose: () => void;
}

/** Let one person outside the project read this job: its page, logs, metrics and artifacts. */
export function ShareDialog({ job, onClose }: Props) {
  const { t } = useTranslation('jobs');
  const [form] = Form.useForm<{ email: string }>();
  const [problem, setProblem] = useState<unknown>(null);
  const options = sharesQuery(job.project_id, job.id, 0);
  const { data, error, isPending } = useQuery(options);
  const share = useAct<{ email: string }>({
    act: (given) => http.post(jobPath(job.project_id, job.id, 'shares/'), given),
    done: (_, { email }) => t('share.done', { email }),
    changes: [options.queryKey],
    onDone: () => {
      form.resetFields();
      setProblem(null);
    },
    onProblem: (refused) => setProblem(showOnFields(form, refused)),
  });
  const withdraw = useAct<number>({
    act: (id) => http.delete(jobPath(job.project_id, job.id, `shares/${id}/`), { etag: '*' }),
    done: t('share.withdrawn'),
    changes: [options.queryKey],
  });
  return (
    <Modal open title={t('share.title', { name: job.name })} footer={null} onCancel={onClose} destroyOnHidden>
      <p className="muted">{t('share.text')}</p>
      {problem ? <ErrorPanel error={problem} /> : null}
      <Form form={form} layout="vertical" onFinish={(given: { email: string }) => share.mutate(given)}>
        <Flex gap={8} align="flex-end">
          <Form.Item
            name="email"
            label={t('share.email')}
            rules={[{ required: true, type: 'email', message: t('share.needsEmail') }]}
            style={{ flex: 1 }}
          >
            <Input autoComplete="off" placeholder={t('share.example')} />
          </Form.Item>
          <Form.Item>
            <Button type="primary" htmlType="submit" loading={share.isPending}>
              {t('share.add')}
            </Button>
          </Form.Item>
        </Flex>
      </Form>
      {error ? (
        <ErrorPanel brief error={error} />
      ) : isPending ? (
        <Skeleton active title={false} paragraph={{ rows: 2 }} />
      ) : data && data.length > 0 ? (
        <ul style={{ padding: 0, listStyle: 'none' }}>
          {data.map((one) => (
            <li key={one.id}>
              <Flex justify="space-between" align="center" gap={8}>
                <span>
                  {one.user.name} <span className="muted">{one.email}</span>
                </span>
                <Button
                  size="small"
                  onClick={() => withdraw.mutate(one.id)}
                  aria-label={t('share.withdrawFrom', { name: one.user.name })}
                >
                  {t('share.withdraw')}
                </Button>
              </Flex>
            </li>
          ))}
        </ul>
      ) : (
        <p className="muted">{t('share.nobody')}</p>
      )}
      <Flex gap={8} align="center">
        <span className="muted">{t('share.link')}</span>
        <CopyButton wordy text={`${location.origin}/shared/jobs/${job.project_id}/${job.id}`} />
      </Flex>
    </Modal>
  );
}
