import { useAct } from '@shared/api/useAct';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { showOnFields } from '@shared/components/form';
import { PageHeader } from '@shared/components/PageHeader';
import { useProject } from '@shared/session/place';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { AutoComplete, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bucketsQuery, datasetsPath, datasetsQuery, type Registration, register, type Version } from '../api';

/** Keeps a folder of a bucket as a version; the bucket's page leads here with both filled in. */
export function RegisterPage() {
  const { t } = useTranslation('datasets');
  const { t: shared } = useTranslation();
  const { tenant, project } = useProject();
  const params = { tenant: tenant.slug, project: project.slug };
  const asked = useSearch({ strict: false }) as Partial<Registration>;
  const navigate = useNavigate();
  const [form] = Form.useForm<Registration>();
  const [problem, setProblem] = useState<unknown>(null);
  const known = useQuery(datasetsQuery(project.id, { limit: 100 })).data?.results ?? [];
  const buckets = useQuery(bucketsQuery(project.id)).data?.results ?? [];
  const name = Form.useWatch('dataset', form) ?? '';
  const isNew = name !== '' && !known.some((dataset) => dataset.name === name);
  const act = useAct<Registration, Version>({
    act: (given) => register(project.id, known, { ...given, ...(asked.job ? { job: asked.job } : {}) }),
    done: t('registering'),
    changes: [
      ['projects', project.id, 'datasets'],
      ['projects', project.id, 'dataset'],
    ],
    onDone: ({ dataset_id, number }) =>
      void navigate({
        to: '/t/$tenant/p/$project/datasets/$dataset',
        params: { ...params, dataset: dataset_id },
        search: { version: number },
      }),
    onProblem: (error) => setProblem(showOnFields(form, error)),
  });
  return (
    <div className="page">
      <PageHeader
        title={t('register')}
        trail={[
          <Link key="all" to="/t/$tenant/p/$project/datasets" params={params}>
            {shared('pages.datasets')}
          </Link>,
        ]}
        facts={<span>{t('registerText')}</span>}
        api={{ method: 'POST', path: datasetsPath(project.id) }}
      />
      <Form<Registration>
        form={form}
        layout="vertical"
        style={{ maxWidth: 560 }}
        initialValues={asked}
        onFinish={(given) => {
          setProblem(null);
          act.mutate(given);
        }}
      >
        <Form.Item
          name="dataset"
          label={t('dataset')}
          extra={t('datasetHelp')}
          rules={[{ required: true, message: t('needsName') }]}
        >
          <AutoComplete options={known.map((dataset) => ({ value: dataset.name }))} maxLength={40} autoFocus />
        </Form.Item>
        {isNew && (
          <>
            <Form.Item name="description" label={t('description')} extra={t('forNew')}>
              <Input.TextArea maxLength={2000} autoSize={{ minRows: 2 }} />
            </Form.Item>
            <Form.Item name="licence" label={t('licence')} extra={t('licenceHelp')}>
              <Input maxLength={100} />
            </Form.Item>
          </>
        )}
        <Form.Item name="bucket" label={t('bucket')} rules={[{ required: true, message: t('needsBucket') }]}>
          <AutoComplete options={buckets.map((bucket) => ({ value: bucket.name }))} maxLength={40} />
        </Form.Item>
        <Form.Item name="prefix" label={t('folder')} extra={t('folderHelp')}>
          <Input className="mono" spellCheck={false} maxLength={901} />
        </Form.Item>
        <Form.Item name="note" label={t('note')}>
          <Input maxLength={300} />
        </Form.Item>
        {problem ? <ErrorPanel error={problem} /> : null}
        <Button type="primary" htmlType="submit" loading={act.isPending}>
          {t('register')}
        </Button>
      </Form>
    </div>
  );
}
