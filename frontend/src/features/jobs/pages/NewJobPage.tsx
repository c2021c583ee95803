import { can } from '@shared/components/Can';
import { EmptyState } from '@shared/components/EmptyState';
import { ErrorPage } from '@shared/components/ErrorPage';
import { PageHeader } from '@shared/components/PageHeader';
import { PageLoading } from '@shared/components/PageLoading';
import { useHeld, useProject } from '@shared/session/place';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { jobQuery, schemaQuery, specYamlQuery, templateQuery } from '../api';
import styles from '../components/jobs.module.css';
import { kept } from '../editor/kept';
import { NewJobEditor } from '../editor/NewJobEditor';
import { read, textOf, type Value } from '../model/document';
import { FRAMEWORKS } from '../model/frameworks';
import { useJobPanels } from '../panels';
import type { NewJobSearch } from '../search';

export function NewJobPage() {
  const { t } = useTranslation('jobs');
  const held = useHeld();
  const search = useSearch({ strict: false }) as NewJobSearch;
  const begins = Boolean(search.from || search.template || search.draft || search.blank || search.framework);
  if (!can(held, 'jobs.submit'))
    return (
      <div className="page">
        <PageHeader title={t('new')} />
        <EmptyState title={t('start.forbidden')}>{t('start.forbiddenText')}</EmptyState>
      </div>
    );
  return begins ? <Begun search={search} /> : <Start />;
}

/** Where to begin: what was begun, nothing, a framework's preset, or a template. */
function Start() {
  const { t } = useTranslation('jobs');
  const { tenant, project } = useProject();
  const navigate = useNavigate();
  const { Templates } = useJobPanels();
  const where = { tenant: tenant.slug, project: project.slug };
  const begun = kept(project.id);
  const go = (search: NewJobSearch) => void navigate({ to: '/t/$tenant/p/$project/jobs/new', params: where, search });
  return (
    <div className="page">
      <PageHeader
        title={t('new')}
        trail={[
          <Link key="jobs" to="/t/$tenant/p/$project/jobs" params={where}>
            {t('title')}
          </Link>,
        ]}
      />
      <div className={styles.starts} style={{ marginBottom: 24 }}>
        {begun && (
          <button type="button" className={styles.start} onClick={() => go(JSON.parse(begun.source) as NewJobSearch)}>
            <strong>{t('start.continue')}</strong>
            <span className="muted">{t('start.continueText')}</span>
          </button>
        )}
        <button type="button" className={styles.start} onClick={() => go({ blank: true })}>
          <strong>{t('start.blank')}</strong>
          <span className="muted">{t('start.blankText')}</span>
        </button>
        {FRAMEWORKS.map((framework) => (
          <button type="button" key={framework} className={styles.start} onClick={() => go({ framework })}>
            <strong>{t(`frameworks.${framework}`)}</strong>
            <span className="muted">{t(`frameworkHelp.${framework}`)}</span>
          </button>
        ))}
      </div>
      <h2 className={styles.heading}>{t('start.templates')}</h2>
      <Suspense fallback={<PageLoading />}>
        <Templates tenant={tenant.id} onUse={(template) => go({ template: template.id })} />
      </Suspense>
    </div>
  );
}

/** Loads what it begins from, unless that was begun in this tab already. */
function Begun({ search }: { search: NewJobSearch }) {
  const { project } = useProject();
  const { as: _, ...origin } = search;
  const source = JSON.stringify(origin);
  const begun = kept(project.id);
  const mine = begun?.source === source ? begun.text : null;
  const job = search.from ?? search.draft;
  const original = useQuery({ ...jobQuery(project.id, job ?? ''), enabled: Boolean(job) });
  const yaml = useQuery({
    ...specYamlQuery(project.id, job ?? '', original.data?.generation ?? 0),
    enabled: Boolean(original.data) && mine === null,
  });
  const template = useQuery({
    ...templateQuery(search.template ?? ''),
    enabled: Boolean(search.template) && mine === null,
  });
  const schema = useQuery(schemaQuery);
  const error = original.error ?? yaml.error ?? template.error ?? schema.error;
  if (error) return <ErrorPage error={error} />;
  const preset = schema.data?.examples?.find((example) => (example.framework ?? 'custom') === search.framework);
  const text =
    mine ??
    (job
      ? yaml.data && textOf(read(yaml.data).value ?? {})
      : search.template
        ? specText(template.data?.spec)
        : schema.data && specText(preset ?? BLANK));
  if (text === undefined || !schema.data || (search.draft && !original.data)) return <PageLoading />;
  return (
    <NewJobEditor
      key={source}
      source={source}
      initial={text}
      mode={search.as ?? 'form'}
      draft={search.draft ? (original.data ?? null) : null}
    />
  );
}

const BLANK: Value = {
  name: '',
  framework: 'custom',
  roles: [{ name: 'worker', replicas: 1, cpu_millicores: 1000, memory_bytes: '1Gi' }],
};
const specText = (spec: Value | undefined) => (spec ? textOf(spec) : undefined);
