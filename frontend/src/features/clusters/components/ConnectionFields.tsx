import type { Cluster } from '@shared/api/clusters';
import { Button, Form, type FormInstance, Input, Segmented, Upload } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  form: FormInstance;
  /** How it is reached now: then only the credential must be given. */
  known?: Cluster['connection'];
}

/** How a cluster is reached: by a kubeconfig, or by its parts. */
export function ConnectionFields({ form, known }: Props) {
  const { t } = useTranslation('clusters');
  const [by, setBy] = useState<'kubeconfig' | 'parts'>(known?.auth === 'token' ? 'parts' : 'kubeconfig');
  const required = [{ required: true }];
  return (
    <>
      <Form.Item label={t('reachedBy')}>
        <Segmented
          value={by}
          onChange={(value) => setBy(value as 'kubeconfig' | 'parts')}
          options={[
            { value: 'kubeconfig', label: t('kubeconfig') },
            { value: 'parts', label: t('addressAndToken') },
          ]}
        />
      </Form.Item>
      {by === 'kubeconfig' ? (
        <>
          <Form.Item
            name={['connection', 'kubeconfig']}
            label={t('kubeconfig')}
            extra={t('kubeconfigHelp')}
            rules={required}
          >
            <Input.TextArea autoComplete="off" spellCheck={false} className="mono" rows={8} />
          </Form.Item>
          <Upload
            accept=".yaml,.yml,.json,.conf,.kubeconfig"
            showUploadList={false}
            beforeUpload={(file) => {
              void file.text().then((text) => form.setFieldValue(['connection', 'kubeconfig'], text));
              return false;
            }}
          >
            <Button size="small" style={{ marginBottom: 16 }}>
              {t('readFile')}
            </Button>
          </Upload>
          <Form.Item name={['connection', 'context']} label={t('context')} extra={t('contextHelp')}>
            <Input autoComplete="off" spellCheck={false} />
          </Form.Item>
        </>
      ) : (
        <>
          <Form.Item
            name={['connection', 'server']}
            label={t('server')}
            extra={t(known ? 'serverStays' : 'serverHelp')}
            rules={known ? [] : required}
          >
            <Input autoComplete="off" spellCheck={false} placeholder={known?.server ?? 'https://10.1.2.3:6443'} />
          </Form.Item>
          <Form.Item name={['connection', 'ca_certificate']} label={t('ca')} extra={t(known ? 'caStays' : 'caHelp')}>
            <Input.TextArea autoComplete="off" spellCheck={false} className="mono" rows={4} />
          </Form.Item>
          <Form.Item name={['connection', 'token']} label={t('token')} extra={t('tokenHelp')} rules={required}>
            <Input.Password autoComplete="off" spellCheck={false} />
          </Form.Item>
        </>
      )}
    </>
  );
}
