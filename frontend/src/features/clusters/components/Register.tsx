import type { Cluster } from '@shared/api/clusters';
import { http } from '@shared/api/http';
import { CopyButton } from '@shared/components/CopyButton';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { FormModal } from '@shared/components/FormModal';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Collapse, Form, type FormInstance, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { accessQuery } from '../api';
import { ConnectionFields } from './ConnectionFields';

const KINDS = ['kubernetes', 'local'] as const;

interface Given {
  slug: string;
  name: string;
  kind: string;
  zone?: string;
  connection?: Record<string, string | undefined>;
}

/** A kubeconfig or a token, the address it is for, and what to apply there first. */
export function Register({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation('clusters');
  const { t: shared } = useTranslation();
  const navigate = useNavigate();
  return (
    <FormModal<Given, Cluster>
      open={open}
      width={680}
      title={t('add')}
      submit={t('add')}
      initial={{ kind: 'kubernetes' }}
      act={async (given) => {
        const cluster = await http.post<Cluster>('/clusters/', given);
        // Its findings come while the page of the cluster is already looked at.
        if (given.kind === 'kubernetes') await http.post(`/clusters/${cluster.id}/preflight/`);
        return cluster;
      }}
      done={t('added')}
      changes={[['clusters']]}
      onClose={onClose}
      onDone={(cluster) =>
        cluster.kind === 'kubernetes' &&
        void navigate({ to: '/clusters/$cluster', params: { cluster: cluster.slug }, search: { tab: 'checks' } })
      }
    >
      {(form) => (
        <>
          <Form.Item name="name" label={shared('name')} rules={[{ required: true, whitespace: true, max: 150 }]}>
            <Input autoComplete="off" />
          </Form.Item>
          <Form.Item name="slug" label={t('slug')} extra={t('slugHelp')} rules={[{ required: true, max: 40 }]}>
            <Input autoComplete="off" spellCheck={false} />
          </Form.Item>
          <Form.Item name="kind" label={t('kind')} rules={[{ required: true }]}>
            <Select options={KINDS.map((kind) => ({ value: kind, label: t(`kinds.${kind}`) }))} />
          </Form.Item>
          <Form.Item noStyle dependencies={['kind']}>
            {() =>
              form.getFieldValue('kind') === 'kubernetes' ? (
                <>
                  <AccessManifest />
                  <ConnectionFields form={form as unknown as FormInstance} />
                </>
              ) : (
                <p className="muted">{t('kindHelp')}</p>
              )
            }
          </Form.Item>
          <Form.Item name="zone" label={t('zone')}>
            <Input autoComplete="off" />
          </Form.Item>
        </>
      )}
    </FormModal>
  );
}

/** The least that Hanse needs there, to be applied before a token can be given. */
function AccessManifest() {
  const { t } = useTranslation('clusters');
  const [asked, setAsked] = useState(false);
  const { data, error } = useQuery({ ...accessQuery, enabled: asked });
  return (
    <Collapse
      size="small"
      style={{ marginBottom: 16 }}
      onChange={() => setAsked(true)}
      items={[
        {
          key: 'manifest',
          label: t('accessManifest'),
          extra: data ? <CopyButton text={data.manifest} label={t('copyManifest')} /> : null,
          children: error ? (
            <ErrorPanel brief error={error} />
          ) : (
            <>
              <p>{t('accessManifestHelp')}</p>
              <pre className="yaml">{`kubectl apply -f hanse-access.yaml
kubectl -n hanse-system get secret hanse-token -o jsonpath='{.data.token}' | base64 -d`}</pre>
              <pre className="yaml">{data?.manifest ?? ''}</pre>
            </>
          ),
        },
      ]}
    />
  );
}
