import { can } from '@shared/components/Can';
import { FormModal } from '@shared/components/FormModal';
import { sizeRule } from '@shared/components/sizeRule';
import { formatBytes, formatNumber, parseBytes } from '@shared/lib/units';
import { useProject, useTenant } from '@shared/session/place';
import { useQuery } from '@tanstack/react-query';
import { Button, Flex, Form, Input, InputNumber } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { limitVolumes, placesQuery } from '../api';

interface Typed {
  most_bytes?: string;
  most_volumes?: number | null;
}

/** What all volumes of the tenant are together, and may be; whoever governs quotas changes it here. */
export function LimitLine() {
  const { t, i18n } = useTranslation('volumes');
  const tenant = useTenant();
  const { project } = useProject();
  const { data } = useQuery(placesQuery(project.id));
  const [changing, setChanging] = useState(false);
  if (!data) return null;
  const { limit } = data;
  const bytes = (value: number) => formatBytes(value, i18n.language);
  const number = (value: number) => formatNumber(value, i18n.language);
  return (
    <Flex gap={12} align="center" wrap>
      <span className="muted">{t('ofTenant', { tenant: tenant.name })}</span>
      <span className="tabular">
        {limit.most_volumes === null
          ? t('volumes', { number: number(limit.volumes), count: limit.volumes })
          : t('volumesOf', { number: number(limit.volumes), most: number(limit.most_volumes) })}
      </span>
      <span className="tabular">
        {limit.most_bytes === null
          ? bytes(limit.size_bytes)
          : t('usedOf', { used: bytes(limit.size_bytes), size: bytes(limit.most_bytes) })}
      </span>
      {can(tenant, 'quotas.manage') && (
        <Button size="small" onClick={() => setChanging(true)}>
          {t('limitChange')}
        </Button>
      )}
      <FormModal<Typed>
        open={changing}
        title={t('limitTitle', { tenant: tenant.name })}
        submit={t('save')}
        initial={{
          most_bytes: limit.most_bytes === null ? '' : formatBytes(limit.most_bytes),
          most_volumes: limit.most_volumes,
        }}
        act={({ most_bytes = '', most_volumes = null }) =>
          limitVolumes(tenant.id, limit, { most_bytes: parseBytes(most_bytes), most_volumes })
        }
        done={t('limited')}
        changes={[placesQuery(project.id).queryKey]}
        onClose={() => setChanging(false)}
      >
        <p>{t('limitText')}</p>
        <Form.Item
          name="most_bytes"
          label={t('mostBytes')}
          extra={t('limitEmpty')}
          rules={[sizeRule(t('needsSize'), { mayBeEmpty: true })]}
        >
          <Input autoComplete="off" />
        </Form.Item>
        <Form.Item name="most_volumes" label={t('mostVolumes')} extra={t('limitEmpty')}>
          <InputNumber min={0} precision={0} />
        </Form.Item>
      </FormModal>
    </Flex>
  );
}
