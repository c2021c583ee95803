import { useAct } from '@shared/api/useAct';
import { can } from '@shared/components/Can';
import { ErrorPage } from '@shared/components/ErrorPage';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { showOnFields } from '@shared/components/form';
import { PageHeader } from '@shared/components/PageHeader';
import { PageLoading } from '@shared/components/PageLoading';
import { usePageName } from '@shared/routing/title';
import { useHeld, useProject } from '@shared/session/place';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Alert, Button, Flex, Form, Input, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { parse, stringify } from 'yaml';
import {
  type AppDetail,
  appKey,
  appPath,
  appQuery,
  appsKey,
  appsPath,
  type Body,
  changeApp,
  createApp,
  exampleQuery,
} from '../api';
import { AppForm } from '../components/AppForm';
import { bodyOf, readBack, serving, type Typed, typedOf } from '../model/form';
import type { DeploySearch } from '../search';

export function DeployPage() {
  const { job, artifact, name } = useSearch({ strict: false }) as DeploySearch;
  if (!can(useHeld(), 'apps.deploy')) return <ErrorPage forbidden />;
  return job && artifact ? (
    <DeployArtifact job={job} artifact={artifact} name={name ?? ''} />
  ) : (
    <Deploy app={null} start={null} />
  );
}

/** The form filled from what a job left; to deploy it is one more click. */
function DeployArtifact({ job, artifact, name }: Required<DeploySearch>) {
  const { project } = useProject();
  // Without an example one deploys all the same.
  const { data: example = '', isPending } = useQuery({ ...exampleQuery(project.id, job, artifact), retry: false });
  if (isPending) return <PageLoading />;
  return <Deploy app={null} start={serving(job, artifact, name, example)} />;
}

/** The same form, filled with what runs: what it saves is a new revision. */
export function ChangePage() {
  const { project } = useProject();
  const { app: id } = useParams({ strict: false }) as { app: string };
  const { data: app, error, isPending, refetch } = useQuery(appQuery(project.id, id));
  if (isPending) return <PageLoading />;
  if (!app) return <ErrorPage error={error} retry={() => void refetch()} />;
  return can(app, 'apps.deploy') ? <Deploy key={app.id} app={app} start={app} /> : <ErrorPage forbidden />;
}

/** `app`: what is changed; `start`: what the form begins with. */
function Deploy({ app, start }: { app: AppDetail | null; start: AppDetail | null }) {
  const { t } = useTranslation('apps');
  const { t: shared } = useTranslation();
  const navigate = useNavigate();
  const { tenant, project } = useProject();
  const where = { tenant: tenant.slug, project: project.slug };
  const title = app ? t('changeTitle', { name: app.name }) : t('new');
  usePageName(title);
  const [form] = Form.useForm<Typed>();
  /** Null while the form is shown. */
  const [text, setText] = useState<string | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  /** What the form is over: the app, or what was written as text. */
  const [base, setBase] = useState(start);
  const written = () => bodyOf({ ...typedOf(base), ...form.getFieldsValue(true) }, base, app === null);
  const save = useAct<Body, AppDetail>({
    act: (body) => (app ? changeApp(app, body) : createApp(project.id, body)),
    done: (made) => t('form.done', { name: made.name }),
    changes: [appsKey(project.id), ...(app ? [appKey(project.id, app.id)] : [])],
    onDone: (made) => void navigate({ to: '/t/$tenant/p/$project/apps/$app', params: { ...where, app: made.id } }),
    onProblem: (error) => setProblem(text === null ? showOnFields(form, error) : error),
  });
  const submit = () => {
    setProblem(null);
    if (text === null) {
      save.mutate(written());
      return;
    }
    try {
      save.mutate(parse(text, { maxAliasCount: 0 }) as Body);
    } catch (error) {
      setProblem(error);
    }
  };
  /** A text that cannot be shown in the form stays where it is. */
  const toForm = () => {
    try {
      const read = readBack(parse(text ?? '', { maxAliasCount: 0 }), app);
      if (!read) throw new NotInForm();
      setBase(read);
      form.setFieldsValue(typedOf(read));
      setText(null);
    } catch (error) {
      setProblem(error);
    }
  };
  return (
    <div className="page">
      <PageHeader
        title={title}
        trail={[
          <Link key="apps" to="/t/$tenant/p/$project/apps" params={where}>
            {shared('pages.apps')}
          </Link>,
        ]}
        api={
          app
            ? { method: 'PATCH', path: appPath(project.id, app.id), body: written() }
            : { method: 'POST', path: appsPath(project.id), body: written() }
        }
        actions={
          <Segmented
            aria-label={t('form.document')}
            value={text === null ? 'form' : 'yaml'}
            options={[
              { value: 'form', label: t('form.form') },
              { value: 'yaml', label: t('form.yaml') },
            ]}
            onChange={(way) => {
              setProblem(null);
              if (way === 'yaml') setText(stringify(written()));
              else toForm();
            }}
          />
        }
      />
      <Form<Typed>
        form={form}
        layout="vertical"
        initialValues={typedOf(start)}
        onFinish={submit}
        style={{ maxWidth: 860 }}
        scrollToFirstError
      >
        {text === null ? (
          <AppForm app={base} isNew={app === null} />
        ) : (
          <Form.Item label={t('form.document')} htmlFor="document">
            <Input.TextArea
              id="document"
              className="mono"
              autoSize={{ minRows: 16, maxRows: 40 }}
              spellCheck={false}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          </Form.Item>
        )}
        {problem ? <Refusal problem={problem} /> : null}
        <Flex gap={8} style={{ marginTop: 16 }}>
          <Button type="primary" htmlType="submit" loading={save.isPending}>
            {t('form.deploy')}
          </Button>
        </Flex>
      </Form>
    </div>
  );
}

class NotInForm extends Error {}

function Refusal({ problem }: { problem: unknown }) {
  const { t } = useTranslation('apps');
  if (problem instanceof Error && problem.name === 'YAMLParseError')
    return <Alert type="error" showIcon title={t('form.noYaml', { reason: problem.message })} />;
  if (problem instanceof NotInForm) return <Alert type="error" showIcon title={t('form.notInForm')} />;
  return <ErrorPanel error={problem} />;
}
