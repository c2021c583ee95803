import { can } from '@shared/components/Can';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { FormModal } from '@shared/components/FormModal';
import { useTenant } from '@shared/session/place';
import { useQuery } from '@tanstack/react-query';
import { Button, Flex, Form, Radio, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isolationQuery, limitTenant } from '../api';

interface Given {
  which: 'public' | 'listed';
  networks?: string[];
}

/** Within what the tenant may open its projects; whoever governs the platform changes it here. */
export function Limit() {
  const { t } = useTranslation('isolation');
  const tenant = useTenant();
  const { data, error } = useQuery(isolationQuery(tenant.id));
  const [changing, setChanging] = useState(false);
  if (error) return <ErrorPanel error={error} />;
  if (!data) return null;
  const { networks } = data;
  return (
    <Flex gap={8} align="center" wrap>
      <span className="muted">{t('limit')}</span>
      <span>{networks ? networks.join(', ') || t('limitNone') : t('limitPublic')}</span>
      {can(tenant, 'networks.limit') && (
        <Button size="small" onClick={() => setChanging(true)}>
          {t('limitChange')}
        </Button>
      )}
      <FormModal<Given>
        open={changing}
        title={t('limitTitle', { tenant: tenant.name })}
        submit={t('save')}
        initial={{ which: networks ? 'listed' : 'public', networks: networks ?? [] }}
        act={({ which, networks: listed = [] }) => limitTenant(data, which === 'listed' ? listed : null)}
        done={t('limited')}
        changes={[['tenants', tenant.id, 'isolation'], ['projects']]}
        onClose={() => setChanging(false)}
      >
        <p>{t('limitText')}</p>
        <Form.Item name="which" label={t('limitWhich')}>
          <Radio.Group
            options={(['public', 'listed'] as const).map((value) => ({ value, label: t(`limitKinds.${value}`) }))}
          />
        </Form.Item>
        <Form.Item noStyle dependencies={['which']}>
          {({ getFieldValue }) =>
            getFieldValue('which') === 'listed' && (
              <Form.Item name="networks" label={t('limitWhich')} extra={t('cidrHelp')}>
                <Select mode="tags" open={false} tokenSeparators={[',', ' ']} suffixIcon={null} />
              </Form.Item>
            )
          }
        </Form.Item>
      </FormModal>
    </Flex>
  );
}
