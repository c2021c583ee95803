import { FormModal } from '@shared/components/FormModal';
import { App, Button, Form, Input, Upload } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Imported, importTable } from '../api';

const EXAMPLE =
  'key,memory_bytes,duration_seconds,downtime_seconds,dirty_bytes_per_second\nmig-1041,16Gi,48.2,0.21,30Mi\n';
const NEEDED = 'key, memory_bytes, duration_seconds';
const OPTIONAL =
  'downtime_seconds, dirty_bytes_per_second, concurrent, link_bits_per_second, disk_bytes, local_disk, tunnelled, machine, from_host, to_host, started_at';

/** Records of migrations as a table, pasted or from a file. */
export function ImportRecords({ open, place, onClose }: { open: boolean; place: string; onClose: () => void }) {
  const { t } = useTranslation('moves');
  const { message } = App.useApp();
  return (
    <FormModal<{ place: string; table: string }, Imported>
      open={open}
      title={t('moves.import')}
      submit={t('moves.import')}
      initial={{ place, table: '' }}
      act={({ place: where, table }) => importTable(where, table)}
      changes={[['moves']]}
      onClose={onClose}
      onDone={({ added, changed }) => void message.success(t('moves.imported', { added, changed }))}
      width={720}
    >
      {(form) => (
        <>
          <p>{t('moves.importText')}</p>
          <p>
            <code className="mono">{NEEDED}</code>
          </p>
          <p className="muted">
            {t('moves.columns')}: <code className="mono">{OPTIONAL}</code>
          </p>
          <Form.Item
            name="place"
            label={t('moves.place')}
            extra={t('moves.placeHelp')}
            rules={[{ required: true, max: 40 }]}
          >
            <Input autoComplete="off" spellCheck={false} />
          </Form.Item>
          <Form.Item name="table" label={t('moves.table')} rules={[{ required: true }]}>
            <Input.TextArea rows={8} className="mono" spellCheck={false} placeholder={EXAMPLE} />
          </Form.Item>
          <Upload
            accept=".csv,text/csv"
            showUploadList={false}
            beforeUpload={async (file) => {
              form.setFieldValue('table', await file.text());
              return Upload.LIST_IGNORE;
            }}
          >
            <Button>{t('moves.file')}</Button>
          </Upload>
        </>
      )}
    </FormModal>
  );
}
