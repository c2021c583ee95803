import { clustersQuery } from '@shared/api/clusters';
import { http } from '@shared/api/http';
import { failureOf, type Operation, useOperation } from '@shared/api/operations';
import { useAct } from '@shared/api/useAct';
import { EmptyState } from '@shared/components/EmptyState';
import { ErrorPage } from '@shared/components/ErrorPage';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { PageHeader } from '@shared/components/PageHeader';
import { PageLoading } from '@shared/components/PageLoading';
import { SecretOnce } from '@shared/components/SecretOnce';
import { downloadText } from '@shared/lib/download';
import { useView } from '@shared/routing/view';
import { may, usePlace, useProject } from '@shared/session/place';
import { useQuery } from '@tanstack/react-query';
import { Button, Flex, Select } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

const HOURS = [1, 4, 12] as const;
const FILE = 'hanse.kubeconfig';

/** A kubeconfig of one's own, and how kubectl is used with it. */
export function KubectlPage() {
  const { t } = useTranslation('clusters');
  const { t: shared } = useTranslation();
  const { project } = useProject();
  const place = usePlace();
  const [view, setView] = useView<{ cluster?: string }>();
  const { data, error, refetch } = useQuery(clustersQuery({ limit: 200 }));
  if (error && !data) return <ErrorPage error={error} retry={() => void refetch()} />;
  if (!data) return <PageLoading />;
  const clusters = data.results.filter(({ kind }) => kind === 'kubernetes');
  const cluster = clusters.find(({ slug }) => slug === view.cluster) ?? clusters[0];
  const rung = may(place, 'projects.change', 'project')
    ? 'admin'
    : may(place, 'jobs.submit', 'project')
      ? 'developer'
      : 'viewer';
  return (
    <div className="page">
      <PageHeader title={shared('pages.kubectl')} facts={t('kubectl.about', { project: project.name })} />
      {cluster ? (
        <Flex vertical gap={24} style={{ maxWidth: 760 }}>
          <Fetch
            project={project.id}
            cluster={cluster.slug}
            clusters={clusters.map(({ slug, name }) => ({ value: slug, label: name }))}
            onChoose={(chosen) => setView({ cluster: chosen })}
          />
          <section aria-label={t('kubectl.use')}>
            <strong>{t('kubectl.use')}</strong>
            <pre className="mono code-block">
              {[
                `export KUBECONFIG=$PWD/${FILE}`,
                'kubectl get pods',
                'kubectl logs -f POD',
                ...(rung === 'viewer' ? [] : ['kubectl apply --server-side -f deployment.yaml']),
              ].join('\n')}
            </pre>
          </section>
          <section aria-label={t('kubectl.rights')}>
            <strong>{t('kubectl.rights')}</strong>
            <p>{t(`kubectl.may.${rung}`)}</p>
            <p className="muted">{t('kubectl.mayNot')}</p>
          </section>
        </Flex>
      ) : (
        <EmptyState title={t('kubectl.none')}>{t('kubectl.noneText')}</EmptyState>
      )}
    </div>
  );
}

interface FetchProps {
  project: string;
  cluster: string;
  clusters: { value: string; label: string }[];
  onChoose: (cluster: string) => void;
}

function Fetch({ project, cluster, clusters, onChoose }: FetchProps) {
  const { t } = useTranslation('clusters');
  const [hours, setHours] = useState<number>(1);
  const [asked, setAsked] = useState('');
  const operation = useOperation(asked);
  const make = useAct<void, Operation>({
    act: () => http.post<Operation>(`/projects/${project}/kubeconfigs/`, { cluster, minutes: hours * 60 }),
    onDone: ({ id }) => setAsked(id),
  });
  const take = useAct<string, { secret: string }>({ act: (id) => http.post(`/operations/${id}/secret/`) });
  const { mutate } = take;
  useEffect(() => {
    if (operation?.has_secret) mutate(operation.id);
  }, [operation?.id, operation?.has_secret, mutate]);
  const file = take.data?.secret ?? null;
  const failure = failureOf(operation);
  const close = () => {
    take.reset();
    setAsked('');
  };
  return (
    <section aria-label={t('kubectl.fetch')}>
      <Flex gap={8} wrap>
        <Select
          aria-label={t('kubectl.cluster')}
          value={cluster}
          options={clusters}
          onChange={onChoose}
          style={{ minWidth: 200 }}
        />
        <Select
          aria-label={t('kubectl.life')}
          value={hours}
          onChange={setHours}
          options={HOURS.map((value) => ({ value, label: t('kubectl.hours', { count: value }) }))}
          style={{ minWidth: 160 }}
        />
        <Button
          type="primary"
          loading={make.isPending || operation?.state === 'pending' || take.isPending}
          onClick={() => make.mutate()}
        >
          {t('kubectl.make')}
        </Button>
      </Flex>
      {failure ? <ErrorPanel brief error={failure} /> : null}
      <SecretOnce
        secret={file}
        title={t('kubectl.made')}
        label={t('kubectl.file')}
        warning={t('kubectl.once')}
        kept={t('kubectl.kept')}
        onClose={close}
      >
        <Button style={{ marginTop: 12 }} onClick={() => downloadText(FILE, file ?? '', 'application/yaml')}>
          {t('kubectl.download')}
        </Button>
      </SecretOnce>
    </section>
  );
}
