import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Flex, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';

/** What each replica finds below $HANSE_FILES: a row a source, in a bucket or left by a job. */
export function Files() {
  const { t } = useTranslation('apps');
  return (
    <Form.List name={['spec', 'files']}>
      {(rows, { add, remove }) => (
        <>
          <p className="muted">{t('form.filesHelp')}</p>
          {rows.map(({ key, name }) => (
            <Flex key={key} gap="0 12px" wrap align="flex-start">
              <Source row={name} />
              <Form.Item name={[name, 'to']} label={t('form.to')}>
                <Input className="mono" spellCheck={false} placeholder={t('form.toHelp')} style={{ width: 220 }} />
              </Form.Item>
              <Button
                type="text"
                icon={<DeleteOutlined />}
                aria-label={t('form.removeFile', { number: name + 1 })}
                onClick={() => remove(name)}
                style={{ marginTop: 30 }}
              />
            </Flex>
          ))}
          <Flex gap={8} wrap>
            <Button type="dashed" icon={<PlusOutlined />} onClick={() => add({ job: '', artifact: '', to: '' })}>
              {t('form.addArtifact')}
            </Button>
            <Button type="dashed" icon={<PlusOutlined />} onClick={() => add({ bucket: '', key: '', to: '' })}>
              {t('form.addKey')}
            </Button>
          </Flex>
        </>
      )}
    </Form.List>
  );
}

function Source({ row }: { row: number }) {
  const { t } = useTranslation('apps');
  const bucket: unknown = Form.useWatch(['spec', 'files', row, 'bucket'], { preserve: true });
  const [place, name] = typeof bucket === 'string' ? (['bucket', 'key'] as const) : (['job', 'artifact'] as const);
  return (
    <>
      <Form.Item name={[row, place]} label={t(`form.${place}`)} rules={[{ required: true }]}>
        <Input className="mono" spellCheck={false} style={{ width: place === 'job' ? 320 : 160 }} />
      </Form.Item>
      <Form.Item name={[row, name]} label={t(`form.${name}`)}>
        <Input className="mono" spellCheck={false} style={{ width: 240 }} />
      </Form.Item>
    </>
  );
}
