import type { Cluster } from '@shared/api/clusters';
import { etagOf, http } from '@shared/api/http';
import { can } from '@shared/components/Can';
import { FormModal } from '@shared/components/FormModal';
import { Button, Flex, Form, Input, Radio, Switch } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

type AppEntry = NonNullable<Cluster['app_entry']>;

const NEW = { kind: 'gateway', name: '', namespace: '', domain: '', tls: true } as const;

/** What leads from outside to public apps of the cluster; whoever may, says so. */
export function Entry({ cluster }: { cluster: Cluster }) {
  const { t } = useTranslation('clusters');
  const { t: shared } = useTranslation();
  const [open, setOpen] = useState(false);
  const entry = cluster.app_entry;
  return (
    <Flex gap={12} align="center" wrap>
      <span>
        {entry
          ? t('entrySaid', { kind: t(`entryKinds.${entry.kind}`), name: entry.name, domain: entry.domain })
          : t('noEntry')}
      </span>
      {can(cluster, 'clusters.manage') ? (
        <Button size="small" onClick={() => setOpen(true)}>
          {t('changeEntry')}
        </Button>
      ) : null}
      <FormModal<{ app_entry: AppEntry }, Cluster>
        open={open}
        title={t('entry')}
        submit={shared('save')}
        initial={{ app_entry: entry ?? NEW }}
        act={({ app_entry }) =>
          http.patch(
            `/clusters/${cluster.id}/`,
            { app_entry: app_entry.domain ? app_entry : null },
            { etag: etagOf(cluster) },
          )
        }
        done={t('entryDone')}
        changes={[['clusters']]}
        onClose={() => setOpen(false)}
      >
        <p className="muted">{t('entryHelp')}</p>
        <Form.Item name={['app_entry', 'kind']} label={t('entryKind')}>
          <Radio.Group
            options={(['gateway', 'ingress'] as const).map((value) => ({ value, label: t(`entryKinds.${value}`) }))}
          />
        </Form.Item>
        <Form.Item name={['app_entry', 'name']} label={t('entryName')}>
          <Input className="mono" maxLength={63} spellCheck={false} />
        </Form.Item>
        <Form.Item name={['app_entry', 'namespace']} label={t('entryNamespace')} extra={t('entryNamespaceHelp')}>
          <Input className="mono" maxLength={63} spellCheck={false} />
        </Form.Item>
        <Form.Item name={['app_entry', 'domain']} label={t('entryDomain')} extra={t('entryDomainHelp')}>
          <Input className="mono" maxLength={180} spellCheck={false} />
        </Form.Item>
        <Form.Item name={['app_entry', 'tls']} label="TLS" valuePropName="checked">
          <Switch />
        </Form.Item>
      </FormModal>
    </Flex>
  );
}
