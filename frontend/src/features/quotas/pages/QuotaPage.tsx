/** One quota: granted anew, or changed after trying whom the change would hit. */
import { clustersQuery } from '@shared/api/clusters';
import { etagOf, http } from '@shared/api/http';
import { type Preview, tenantsQuery } from '@shared/api/tenants';
import { useAct } from '@shared/api/useAct';
import { ErrorPage } from '@shared/components/ErrorPage';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { showOnFields } from '@shared/components/form';
import { PageHeader } from '@shared/components/PageHeader';
import { PageLoading } from '@shared/components/PageLoading';
import { QuotaBar, QuotaLegend } from '@shared/components/QuotaBar';
import { type QuotaLine, QuotaLinesField } from '@shared/components/QuotaLinesField';
import { ReviewedChange } from '@shared/components/ReviewedChange';
import { useAmount } from '@shared/components/values';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Button, Flex, Form, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cohortsQuery, type Quota, type QuotaChange, quotaQuery } from '../api';

interface Given {
  tenant?: string;
  cluster?: string;
  cohort?: string;
  lines: QuotaLine[];
}

export function QuotaPage() {
  const { quota: id } = useParams({ from: '/shell/platform/quotas/$quota' });
  return id === 'new' ? <NewQuota /> : <ExistingQuota id={id} />;
}

function Trail() {
  const { t } = useTranslation('quotas');
  return <Link to="/platform/quotas">{t('list.title')}</Link>;
}

function NewQuota() {
  const { t } = useTranslation('quotas');
  const navigate = useNavigate();
  const { tenant } = (useSearch as (options: { strict: false }) => unknown)({ strict: false }) as { tenant?: string };
  const [form] = Form.useForm<Given>();
  const [problem, setProblem] = useState<unknown>(null);
  const [typed, setTyped] = useState('');
  const tenants = useQuery(tenantsQuery({ q: typed, limit: 50 }));
  const clusters = useQuery(clustersQuery({ limit: 200 }));
  const clusterId = Form.useWatch('cluster', form) as string | undefined;
  const grant = useAct<Given, Quota>({
    act: ({ cohort, ...given }) => http.post('/quotas/', { ...given, cohort: cohort ?? null }),
    done: t('change.granted'),
    changes: [['quotas'], ['tenants']],
    onDone: (quota) => void navigate({ to: '/t/$tenant/quotas', params: { tenant: quota.tenant.slug } }),
    onProblem: (error) => setProblem(showOnFields(form, error)),
  });
  return (
    <div className="page" style={{ maxWidth: 960 }}>
      <PageHeader
        title={t('list.grant')}
        trail={[<Trail key="list" />]}
        api={{ method: 'POST', path: '/quotas/', body: form.getFieldsValue(true) }}
      />
      <Form<Given>
        form={form}
        layout="vertical"
        initialValues={{ tenant, lines: [] }}
        onFinish={(given) => {
          setProblem(null);
          grant.mutate(given);
        }}
      >
        <Form.Item name="tenant" label={t('list.tenant')} rules={[{ required: true }]}>
          <Select
            showSearch={{ filterOption: false, onSearch: setTyped }}
            loading={tenants.isFetching}
            options={tenants.data?.results.map((one) => ({ value: one.id, label: one.name })) ?? []}
          />
        </Form.Item>
        <Form.Item name="cluster" label={t('list.cluster')} rules={[{ required: true }]}>
          <Select
            loading={clusters.isPending}
            onChange={() => form.setFieldsValue({ lines: [], cohort: undefined } as never)}
            options={clusters.data?.results.map((one) => ({ value: one.id, label: one.name })) ?? []}
          />
        </Form.Item>
        {clusterId ? <LimitsFields clusterId={clusterId} /> : null}
        {problem ? <ErrorPanel error={problem} /> : null}
        <Button type="primary" htmlType="submit" loading={grant.isPending}>
          {t('list.grant')}
        </Button>
      </Form>
    </div>
  );
}

function ExistingQuota({ id }: { id: string }) {
  const { data: quota, error, refetch } = useQuery(quotaQuery(id));
  if (error && !quota) return <ErrorPage error={error} retry={() => void refetch()} />;
  if (!quota) return <PageLoading />;
  // A new generation begins a new form: what others changed is never overwritten unseen.
  return <QuotaForm key={quota.generation} quota={quota} />;
}

function QuotaForm({ quota }: { quota: Quota }) {
  const { t } = useTranslation('quotas');
  const { t: shared } = useTranslation();
  const amount = useAmount();
  const navigate = useNavigate();
  const [form] = Form.useForm<Given>();
  const [trying, setTrying] = useState<QuotaChange | null>(null);
  const [removing, setRemoving] = useState(false);
  const [refused, setRefused] = useState<unknown>(null);
  const mayChange = quota.can.includes('quotas.manage');
  const path = `/quotas/${quota.id}/`;
  const etag = etagOf(quota);
  const changes = [['quotas'], ['tenants', quota.tenant.id, 'quotas']] as const;
  return (
    <div className="page" style={{ maxWidth: 960 }}>
      <PageHeader
        title={t('change.title', { tenant: quota.tenant.name, cluster: quota.cluster.name })}
        trail={[<Trail key="list" />]}
        facts={
          <Link to="/t/$tenant/quotas" params={{ tenant: quota.tenant.slug }}>
            {t('change.whoUses')}
          </Link>
        }
        api={{ method: 'GET', path }}
        actions={
          mayChange ? (
            <Button danger onClick={() => setRemoving(true)}>
              {shared('remove')}
            </Button>
          ) : null
        }
      />
      <QuotaLegend />
      <ul className="usage" style={{ margin: '12px 0 24px' }}>
        {quota.lines.map((line) => (
          <li key={`${line.flavor} ${line.resource}`}>
            <span className="tabular">
              {amount(line.resource, line.used)} / {amount(line.resource, line.nominal)}{' '}
              <span className="muted">{line.flavor}</span>
            </span>
            <QuotaBar line={line} />
          </li>
        ))}
      </ul>
      <Form<Given>
        form={form}
        layout="vertical"
        disabled={!mayChange}
        initialValues={{ cohort: quota.cohort?.name, lines: quota.lines.map(limitsOf) }}
        onFinish={({ cohort, lines }) => {
          setRefused(null);
          setTrying({ cohort: cohort ?? null, lines });
        }}
      >
        <LimitsFields clusterId={quota.cluster.id} />
        {refused ? <ErrorPanel error={refused} /> : null}
        {mayChange ? (
          <Flex gap={8} style={{ marginTop: 12 }}>
            <Button type="primary" htmlType="submit">
              {t('change.try')}
            </Button>
            <Button onClick={() => form.resetFields()}>{t('change.undo')}</Button>
          </Flex>
        ) : null}
      </Form>
      {trying ? (
        <ReviewedChange
          title={t('change.try')}
          action={t('change.apply')}
          preview={(cursor) => http.put<Preview>(path, trying, { etag, query: { dry_run: true, cursor } })}
          apply={(confirm) => http.put<Quota>(path, trying, { etag, query: { confirm } })}
          done={shared('saved')}
          changes={changes}
          onClose={() => setTrying(null)}
          onRefused={(error) => setRefused(showOnFields(form, error))}
        />
      ) : null}
      {removing ? (
        <ReviewedChange
          danger
          title={t('change.remove', { tenant: quota.tenant.name, cluster: quota.cluster.name })}
          action={shared('remove')}
          preview={(cursor) => http.delete<Preview>(path, { etag, query: { dry_run: true, cursor } })}
          apply={(confirm) => http.delete(path, { etag, query: { confirm } })}
          done={t('change.removed')}
          changes={changes}
          onClose={() => setRemoving(false)}
          onDone={() => void navigate({ to: '/platform/quotas' })}
        />
      ) : null}
    </div>
  );
}

const limitsOf = ({ flavor, resource, nominal, borrowing_limit, lending_limit }: QuotaLine): QuotaLine => ({
  flavor,
  resource,
  nominal,
  borrowing_limit,
  lending_limit,
});

function LimitsFields({ clusterId }: { clusterId: string }) {
  const { t } = useTranslation('quotas');
  const form = Form.useFormInstance<Given>();
  const cohort = Form.useWatch('cohort', form) as string | undefined;
  const cohorts = useQuery(cohortsQuery({ cluster: clusterId, limit: 200 }));
  return (
    <>
      <Form.Item name="cohort" label={t('list.cohort')} extra={t('change.cohortHelp')}>
        <Select
          allowClear
          placeholder={t('tenant.alone')}
          loading={cohorts.isPending}
          options={cohorts.data?.results.map((one) => ({ value: one.name, label: one.name })) ?? []}
        />
      </Form.Item>
      <Form.Item
        name="lines"
        label={t('change.lines')}
        rules={[
          {
            validator: (_, lines?: QuotaLine[]) =>
              lines?.length ? Promise.resolve() : Promise.reject(new Error(t('change.linesMissing'))),
          },
        ]}
      >
        <QuotaLinesField clusterId={clusterId} inCohort={Boolean(cohort)} />
      </Form.Item>
    </>
  );
}
