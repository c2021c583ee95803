import { clustersQuery } from '@shared/api/clusters';
import { http } from '@shared/api/http';
import { failureOf, type Operation, useOperation } from '@shared/api/operations';
import { tenantQuotasQuery } from '@shared/api/quotas';
import { useAct } from '@shared/api/useAct';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { ProgressBar } from '@shared/components/ProgressBar';
import { useQuery } from '@tanstack/react-query';
import { Alert, Flex, Form, Modal, Select, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { imagesOf, type Template } from '../api';

interface Props {
  template: Template;
  /** The id of the tenant whose quota says where, and of its project for which it is pulled. */
  tenant: string;
  project: string;
  onClose: () => void;
}

interface Pulled {
  total: number;
  ready: string[];
  waiting: { node: string; why: string }[];
}

/** Kubernetes clusters in which the tenant has quota, each with the flavors of that quota. */
function usePlaces(tenantId: string) {
  const { data: quotas } = useQuery(tenantQuotasQuery(tenantId));
  const { data: clusters } = useQuery(clustersQuery());
  if (!quotas || !clusters) return null;
  const kubernetes = clusters.results.filter((cluster) => cluster.kind === 'kubernetes');
  return kubernetes
    .map(({ slug, name }) => ({
      slug,
      name,
      flavors: [
        ...new Set(quotas.results.filter((line) => line.cluster.slug === slug).map((line) => line.flavor)),
      ].sort(),
    }))
    .filter((place) => place.flavors.length > 0);
}

/** Has the nodes of a flavor pull an image of a template, and shows how far that is. Closing it stops nothing. */
export function PullImage({ template, tenant, project, onClose }: Props) {
  const { t } = useTranslation('templates');
  const places = usePlaces(tenant);
  const images = imagesOf(template);
  const [form] = Form.useForm<{ image: string; cluster: string; flavor: string }>();
  const slug = Form.useWatch('cluster', form);
  const [begun, setBegun] = useState('');
  const begin = useAct<{ image: string; cluster: string; flavor: string }, Operation>({
    act: (given) => http.post<Operation>(`/projects/${project}/image-pulls/`, given),
    onDone: ({ id }) => setBegun(id),
  });
  const pull = useOperation(begun);
  const flavors = places?.find((place) => place.slug === slug)?.flavors ?? [];
  return (
    <Modal
      open
      title={t('pullNamed', { name: template.name })}
      okText={t('pull')}
      okButtonProps={{
        disabled: !places?.length,
        loading: begin.isPending,
        ...(begun ? { style: { display: 'none' } } : {}),
      }}
      cancelText={begun ? t('close') : t('cancel')}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      {begun ? <Progress pull={pull} /> : null}
      {!begun && places === null ? <Skeleton active title={false} /> : null}
      {!begun && places?.length === 0 ? <Alert type="info" showIcon title={t('pullNowhere')} /> : null}
      {!begun && places && places.length > 0 ? (
        <Form
          form={form}
          layout="vertical"
          initialValues={{ image: images[0], cluster: places[0]?.slug, flavor: places[0]?.flavors.at(-1) }}
          onFinish={(given) => begin.mutate(given)}
        >
          <p>{t('pullText')}</p>
          <Form.Item name="image" label={t('image')} rules={[{ required: true }]}>
            <Select options={images.map((image) => ({ value: image, label: image }))} />
          </Form.Item>
          <Form.Item name="cluster" label={t('cluster')} rules={[{ required: true }]}>
            <Select
              options={places.map((place) => ({ value: place.slug, label: place.name }))}
              onChange={() => form.setFieldValue('flavor', undefined)}
            />
          </Form.Item>
          <Form.Item name="flavor" label={t('flavor')} rules={[{ required: true }]}>
            <Select options={flavors.map((flavor) => ({ value: flavor, label: flavor }))} />
          </Form.Item>
        </Form>
      ) : null}
    </Modal>
  );
}

function Progress({ pull }: { pull: Operation | undefined }) {
  const { t } = useTranslation('templates');
  const failure = failureOf(pull);
  const result = pull?.result as Pulled | null | undefined;
  if (!failure && !result) return <Skeleton active title={false} />;
  return (
    <Flex vertical gap={12} aria-live="polite">
      {failure ? <ErrorPanel brief error={failure} /> : null}
      {result ? (
        <>
          <span>
            {t('pulled', { ready: result.ready.length, count: result.total })}{' '}
            <ProgressBar
              share={result.total ? result.ready.length / result.total : 1}
              label={t('pull')}
              failed={pull?.state === 'failed'}
            />
          </span>
          <ul className="casualties">
            {result.waiting.map(({ node, why }) => (
              <li key={node}>
                <span className="mono">{node}</span>
                <div className="muted">{why}</div>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {pull?.state === 'succeeded' ? <Alert type="success" showIcon title={t('pulledAll')} /> : null}
    </Flex>
  );
}
