import { TeamOutlined } from '@ant-design/icons';
import { http } from '@shared/api/http';
import { useAct } from '@shared/api/useAct';
import { CopyButton } from '@shared/components/CopyButton';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { showOnFields } from '@shared/components/form';
import { useQuery } from '@tanstack/react-query';
import { Button, Flex, Form, Input, Modal, Segmented, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Job, jobPath, type Share, sharesQuery } from '../api';

interface Props {
  job: Job;
  onClose: () => void;
}

type Given = { email: string } | { group: string };

const nameOf = (share: Share) => share.group?.name ?? share.email;

/** Let one person outside the project, or a group, read this job: its page, logs and metrics. */
export function ShareDialog({ job, onClose }: Props) {
  const { t } = useTranslation('jobs');
  const [form] = Form.useForm<Given>();
  const [who, setWho] = useState<'email' | 'group'>('email');
  const [problem, setProblem] = useState<unknown>(null);
  const options = sharesQuery(job.project_id, job.id, 0);
  const { data, error, isPending } = useQuery(options);
  const share = useAct<Given, Share>({
    act: (given) => http.post<Share>(jobPath(job.project_id, job.id, 'shares/'), given),
    done: (made) => t('share.done', { name: nameOf(made) }),
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
      <Form form={form} layout="vertical" onFinish={(given: Given) => share.mutate(given)}>
        <Segmented
          aria-label={t('share.who')}
          style={{ marginBottom: 12 }}
          value={who}
          onChange={setWho}
          options={[
            { value: 'email', label: t('share.person') },
            { value: 'group', label: t('share.group') },
          ]}
        />
        <Flex gap={8} align="flex-end">
          {who === 'email' ? (
            <Form.Item
              key="email"
              name="email"
              label={t('share.email')}
              rules={[{ required: true, type: 'email', message: t('share.needsEmail') }]}
              style={{ flex: 1 }}
            >
              <Input autoComplete="off" placeholder={t('share.example')} />
            </Form.Item>
          ) : (
            <Form.Item
              key="group"
              name="group"
              label={t('share.groupName')}
              rules={[{ required: true, message: t('share.needsGroup') }]}
              style={{ flex: 1 }}
            >
              <Input autoComplete="off" />
            </Form.Item>
          )}
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
                  {one.group ? <TeamOutlined className="muted" /> : null} {nameOf(one)}
                </span>
                <Button
                  size="small"
                  onClick={() => withdraw.mutate(one.id)}
                  aria-label={t('share.withdrawFrom', { name: nameOf(one) })}
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
