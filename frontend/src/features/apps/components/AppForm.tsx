import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { AmountInput } from '@shared/components/AmountInput';
import { splitWords } from '@shared/lib/typed';
import { Button, Flex, Form, Input, InputNumber, Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppDetail } from '../api';
import { exactVariables, hasExactDevices, wrongLine } from '../model/form';
import { AccessChoice, ScaleFields } from './AppHeader';
import { Files } from './Files';

const METHODS = ['POST', 'GET', 'PUT', 'PATCH', 'DELETE'].map((value) => ({ value, label: value }));

/** What an app runs and how; names of fields are the body's own, so that what is refused appears where it was typed. */
export function AppForm({ app, isNew }: { app: AppDetail | null; isNew: boolean }) {
  const { t } = useTranslation('apps');
  const closed = async (_: unknown, line: string) => {
    if (splitWords(line) === null) throw new Error(t('form.quote'));
  };
  const variables = async (_: unknown, lines: string) => {
    const line = wrongLine(lines);
    if (line !== undefined) throw new Error(t('form.noVariable', { line: line.trim() }));
  };
  const image = Form.useWatch<string | undefined>(['spec', 'image']);
  const exact = Object.keys(exactVariables(app)).join(', ');
  return (
    <>
      <Part title={t('form.what')}>
        {isNew ? (
          <Form.Item
            name="name"
            label={t('form.name')}
            extra={t('form.nameHelp')}
            rules={[{ required: true, max: 40 }]}
          >
            <Input autoComplete="off" spellCheck={false} style={{ maxWidth: 320 }} />
          </Form.Item>
        ) : null}
        <Form.Item name="description" label={t('form.description')}>
          <Input maxLength={2000} />
        </Form.Item>
        <Row>
          <Form.Item
            name={['spec', 'image']}
            label={t('form.image')}
            extra={t('form.imageHelp')}
            style={{ flex: '1 1 360px' }}
          >
            <Input className="mono" autoComplete="off" spellCheck={false} maxLength={500} />
          </Form.Item>
          {image ? (
            <Form.Item name={['spec', 'port']} label={t('form.port')} extra={t('form.portHelp')}>
              <InputNumber min={1024} max={65_535} precision={0} />
            </Form.Item>
          ) : null}
        </Row>
        <Form.Item
          name={['spec', 'command']}
          label={t('form.command')}
          extra={t(image ? 'form.commandOfImageHelp' : 'form.commandHelp')}
          rules={[{ required: !image }, { validator: closed }]}
        >
          <Input.TextArea className="mono" autoSize={{ minRows: 1, maxRows: 6 }} spellCheck={false} />
        </Form.Item>
        <Form.Item
          name={['spec', 'env']}
          label={t('form.env')}
          extra={exact ? `${t('form.envHelp')} ${t('form.exactVariables', { names: exact })}` : t('form.envHelp')}
          rules={[{ validator: variables }]}
        >
          <Input.TextArea className="mono" autoSize={{ minRows: 2, maxRows: 12 }} spellCheck={false} />
        </Form.Item>
      </Part>
      <Part title={t('form.files')}>
        <Files />
      </Part>
      <Part title={t('form.each')}>
        <Row>
          <Form.Item name={['spec', 'cpu_millicores']} label={t('form.cpu')}>
            <AmountInput resource="cpu" label={t('form.cpu')} />
          </Form.Item>
          <Form.Item name={['spec', 'memory_bytes']} label={t('form.memory')}>
            <AmountInput resource="memory" label={t('form.memory')} />
          </Form.Item>
          {hasExactDevices(app) ? null : (
            <Form.Item name={['spec', 'devices']} label={t('form.gpus')}>
              <InputNumber min={0} max={1024} precision={0} />
            </Form.Item>
          )}
        </Row>
        {hasExactDevices(app) ? <p className="muted">{t('form.exact')}</p> : null}
      </Part>
      <Part title={t('form.health')}>
        <Row>
          <Form.Item name={['spec', 'probe', 'path']} label={t('form.probe')} extra={t('form.probeHelp')}>
            <Input className="mono" spellCheck={false} />
          </Form.Item>
          <Form.Item name={['spec', 'probe', 'start_seconds']} label={t('form.start')}>
            <InputNumber min={1} max={3600} precision={0} />
          </Form.Item>
        </Row>
      </Part>
      <Part title={t('form.scale')}>
        <Row>
          <Form.Item name="replicas" label={t('form.replicas')}>
            <InputNumber min={1} max={100} precision={0} />
          </Form.Item>
          <ScaleFields />
          <Form.Item name="priority" label={t('form.priority')}>
            <Input spellCheck={false} style={{ width: 140 }} />
          </Form.Item>
          {isNew ? (
            <Form.Item name="cluster" label={t('form.cluster')} extra={t('form.clusterHelp')}>
              <Input spellCheck={false} style={{ width: 200 }} />
            </Form.Item>
          ) : null}
        </Row>
        <Form.Item name="access" label={t('form.access')}>
          <AccessChoice />
        </Form.Item>
      </Part>
      <Part title={t('form.change')}>
        <Row>
          <Form.Item name={['spec', 'rollout', 'max_surge']} label={t('form.surge')}>
            <InputNumber min={0} max={100} precision={0} />
          </Form.Item>
          <Form.Item name={['spec', 'rollout', 'max_unavailable']} label={t('form.unavailable')}>
            <InputNumber min={0} max={100} precision={0} />
          </Form.Item>
          <Form.Item name={['spec', 'drain_seconds']} label={t('form.drain')}>
            <InputNumber min={0} max={3600} precision={0} />
          </Form.Item>
        </Row>
      </Part>
      <Part title={t('form.endpoints')}>
        <Endpoints />
      </Part>
      <Form.Item name="note" label={t('form.note')} extra={t('form.noteHelp')} style={{ marginTop: 16 }}>
        <Input maxLength={300} />
      </Form.Item>
    </>
  );
}

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <section aria-label={title}>
    <h2 className="section-title">{title}</h2>
    {children}
  </section>
);

const Row = ({ children }: { children: ReactNode }) => (
  <Flex gap="0 24px" wrap>
    {children}
  </Flex>
);

function Endpoints() {
  const { t } = useTranslation('apps');
  return (
    <Form.List name={['spec', 'endpoints']}>
      {(rows, { add, remove }) => (
        <>
          {rows.map(({ key, name }) => (
            <div key={key}>
              <Flex gap="0 12px" wrap align="flex-start">
                <Form.Item name={[name, 'name']} label={t('form.endpointName')} rules={[{ required: true, max: 40 }]}>
                  <Input spellCheck={false} style={{ width: 160 }} />
                </Form.Item>
                <Form.Item name={[name, 'method']} label={t('try.method')}>
                  <Select options={METHODS} style={{ width: 110 }} />
                </Form.Item>
                <Form.Item name={[name, 'path']} label={t('try.path')}>
                  <Input className="mono" spellCheck={false} style={{ width: 220 }} />
                </Form.Item>
                <Form.Item name={[name, 'description']} label={t('form.description')} style={{ flex: '1 1 200px' }}>
                  <Input maxLength={500} />
                </Form.Item>
                <Button
                  type="text"
                  icon={<DeleteOutlined />}
                  aria-label={t('form.removeEndpoint', { number: name + 1 })}
                  onClick={() => remove(name)}
                  style={{ marginTop: 30 }}
                />
              </Flex>
              <Form.Item name={[name, 'example']} label={t('form.example')}>
                <Input.TextArea className="mono" autoSize={{ minRows: 1, maxRows: 6 }} spellCheck={false} />
              </Form.Item>
            </div>
          ))}
          <Button
            type="dashed"
            icon={<PlusOutlined />}
            onClick={() => add({ name: '', method: 'POST', path: '/', description: '', example: '' })}
          >
            {t('form.addEndpoint')}
          </Button>
        </>
      )}
    </Form.List>
  );
}
