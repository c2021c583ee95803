/** A tenant in one act: name, first project, owner, quota. Four steps on one model, sent once. */
import { clustersQuery } from '@shared/api/clusters';
import { http, type Page } from '@shared/api/http';
import { isProblem } from '@shared/api/problem';
import { useAct } from '@shared/api/useAct';
import { EmptyState } from '@shared/components/EmptyState';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { pathOf, showOnFields } from '@shared/components/form';
import { PageHeader } from '@shared/components/PageHeader';
import { type QuotaLine, QuotaLinesField } from '@shared/components/QuotaLinesField';
import { SecretOnce } from '@shared/components/SecretOnce';
import { sessionQuery } from '@shared/session/session';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button, Flex, Form, Input, Select, Steps } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NameField, SlugField } from '../components/fields';

interface Onboarding {
  slug: string;
  name: string;
  project: { slug: string; name: string };
  owner: { email: string; name?: string };
  quota: { cluster: string; cohort?: string; lines?: QuotaLine[] };
}

/** What was made; the password is of an account that was made for the owner, and is told once. */
interface Onboarded {
  tenant: { id: string; slug: string; name: string };
  owner: { email: string };
  owner_password: string;
}

const STEPS = ['tenant', 'project', 'owner', 'quota'] as const;

const FIELDS: Record<(typeof STEPS)[number], (string | string[])[]> = {
  tenant: ['name', 'slug'],
  project: [
    ['project', 'name'],
    ['project', 'slug'],
  ],
  owner: [
    ['owner', 'email'],
    ['owner', 'name'],
  ],
  quota: [
    ['quota', 'cluster'],
    ['quota', 'lines'],
  ],
};

/** The step on which a field of the body stands. */
const stepOf = (pointer: string) => {
  const first = String(pathOf(pointer)[0] ?? '');
  return Math.max(0, STEPS.indexOf((first === 'name' || first === 'slug' ? 'tenant' : first) as 'tenant'));
};

export function OnboardPage() {
  const { t } = useTranslation('tenants');
  const { t: shared } = useTranslation();
  const navigate = useNavigate();
  const [form] = Form.useForm<Onboarding>();
  const [step, setStep] = useState(0);
  const [problem, setProblem] = useState<unknown>(null);
  const [made, setMade] = useState<Onboarded | null>(null);
  const leave = ({ tenant }: Onboarded) => void navigate({ to: '/t/$tenant/quotas', params: { tenant: tenant.slug } });
  const onboard = useAct<Onboarding, Onboarded>({
    act: (given) => http.post<Onboarded>('/tenants/', given),
    done: t('onboard.done'),
    changes: [['tenants', 'list'], sessionQuery.queryKey],
    onDone: (answer) => (answer.owner_password ? setMade(answer) : leave(answer)),
    onProblem: (error) => {
      const first = isProblem(error) ? error.fields[0] : undefined;
      if (first) setStep(stepOf(first.pointer));
      setProblem(showOnFields(form, error));
    },
  });
  const next = async () => {
    const valid = await form.validateFields(FIELDS[STEPS[step] ?? 'tenant']).then(
      () => true,
      () => false,
    );
    if (valid) setStep(step + 1);
  };
  const last = step === STEPS.length - 1;
  return (
    <div className="page" style={{ maxWidth: 860 }}>
      <PageHeader
        title={shared('pages.onboard')}
        trail={[
          <Link key="tenants" to="/platform/tenants">
            {shared('pages.tenants')}
          </Link>,
        ]}
        api={{ method: 'POST', path: '/tenants/', body: form.getFieldsValue(true) }}
      />
      <Steps
        size="small"
        current={step}
        onChange={(wanted) => wanted < step && setStep(wanted)}
        items={STEPS.map((name) => ({ title: t(`onboard.${name}.title`) }))}
        style={{ marginBottom: 24 }}
      />
      <Form<Onboarding>
        form={form}
        layout="vertical"
        initialValues={{ quota: { lines: [] } }}
        onFinish={() => {
          setProblem(null);
          onboard.mutate(form.getFieldsValue(true) as Onboarding);
        }}
      >
        {STEPS.map((name, index) => (
          // Steps that are not shown keep what was typed.
          <fieldset key={name} hidden={index !== step} className="step">
            <p className="muted">{t(`onboard.${name}.text`)}</p>
            {name === 'tenant' ? (
              <>
                <NameField />
                <SlugField after="name" />
              </>
            ) : null}
            {name === 'project' ? (
              <>
                <NameField name={['project', 'name']} />
                <SlugField name={['project', 'slug']} after={['project', 'name']} />
              </>
            ) : null}
            {name === 'owner' ? <OwnerFields /> : null}
            {name === 'quota' ? <QuotaFields /> : null}
          </fieldset>
        ))}
        {problem ? <ErrorPanel error={problem} /> : null}
        <Flex gap={8} style={{ marginTop: 16 }}>
          {step > 0 ? <Button onClick={() => setStep(step - 1)}>{t('onboard.back')}</Button> : null}
          {last ? (
            <Button type="primary" htmlType="submit" loading={onboard.isPending}>
              {t('onboard.submit')}
            </Button>
          ) : (
            <Button type="primary" onClick={() => void next()}>
              {t('onboard.next')}
            </Button>
          )}
        </Flex>
      </Form>
      <SecretOnce
        secret={made?.owner_password ?? null}
        title={t('onboard.password.title', { email: made?.owner.email ?? '' })}
        label={t('onboard.password.label')}
        warning={t('onboard.password.once')}
        kept={t('onboard.password.kept')}
        onClose={() => made && leave(made)}
      />
    </div>
  );
}

function OwnerFields() {
  const { t } = useTranslation('tenants');
  return (
    <>
      <Form.Item name={['owner', 'email']} label={t('onboard.owner.email')} rules={[{ required: true, type: 'email' }]}>
        <Input type="email" autoComplete="off" />
      </Form.Item>
      <Form.Item name={['owner', 'name']} label={t('onboard.owner.name')} extra={t('onboard.owner.nameHelp')}>
        <Input autoComplete="off" />
      </Form.Item>
    </>
  );
}

interface Cohort {
  id: string;
  name: string;
}

function QuotaFields() {
  const { t } = useTranslation('tenants');
  const form = Form.useFormInstance<Onboarding>();
  const slug = Form.useWatch(['quota', 'cluster'], form) as string | undefined;
  const cohort = Form.useWatch(['quota', 'cohort'], form) as string | undefined;
  const clusters = useQuery(clustersQuery({ limit: 200 }));
  const cluster = clusters.data?.results.find((one) => one.slug === slug);
  const cohorts = useQuery({
    queryKey: ['cohorts', cluster?.id],
    queryFn: ({ signal }) =>
      http.get<Page<Cohort>>('/cohorts/', { query: { cluster: cluster?.id, limit: 200 }, signal }),
    enabled: Boolean(cluster),
  });
  if (clusters.error) return <ErrorPanel error={clusters.error} retry={() => void clusters.refetch()} />;
  if (clusters.data?.results.length === 0)
    return <EmptyState title={t('onboard.quota.noCluster')}>{t('onboard.quota.noClusterText')}</EmptyState>;
  return (
    <>
      <Form.Item name={['quota', 'cluster']} label={t('onboard.quota.cluster')} rules={[{ required: true }]}>
        <Select
          loading={clusters.isPending}
          onChange={() => form.setFieldsValue({ quota: { lines: [], cohort: undefined } } as never)}
          options={clusters.data?.results.map((one) => ({ value: one.slug, label: one.name })) ?? []}
        />
      </Form.Item>
      <Form.Item name={['quota', 'cohort']} label={t('onboard.quota.cohort')} extra={t('onboard.quota.cohortHelp')}>
        <Select
          allowClear
          disabled={!cluster}
          loading={cohorts.isFetching}
          placeholder={t('onboard.quota.noCohort')}
          options={cohorts.data?.results.map((one) => ({ value: one.name, label: one.name })) ?? []}
        />
      </Form.Item>
      {cluster ? (
        <Form.Item
          name={['quota', 'lines']}
          label={t('onboard.quota.lines')}
          rules={[
            {
              validator: (_, lines?: QuotaLine[]) =>
                lines?.length ? Promise.resolve() : Promise.reject(new Error(t('onboard.quota.linesMissing'))),
            },
          ]}
        >
          <QuotaLinesField clusterId={cluster.id} inCohort={Boolean(cohort)} />
        </Form.Item>
      ) : null}
    </>
  );
}
