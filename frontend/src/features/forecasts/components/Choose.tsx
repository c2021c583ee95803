import { FormModal } from '@shared/components/FormModal';
import { Form, Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { chooseEngine, RELEASED, type Release, releasesQuery, type Segment, segmentsQuery } from '../api';

interface Values {
  engine: (typeof RELEASED)[number];
  hold: boolean;
}

/** Puts an engine in use for a segment, from the next standing run on. */
export function Choose({ segment, onClose }: { segment: Segment | null; onClose: () => void }) {
  const { t } = useTranslation('forecasts');
  if (!segment) return null;
  return (
    <FormModal<Values, Release>
      open
      onClose={onClose}
      title={t('models.chooseFor', { segment: t(`segments.${segment.segment}`) })}
      submit={t('models.choose')}
      initial={{ engine: segment.chain[0] as Values['engine'], hold: true }}
      act={(values) => chooseEngine({ ...values, segment: segment.segment })}
      done={t('models.chosen')}
      changes={[segmentsQuery.queryKey, releasesQuery.queryKey]}
    >
      <Form.Item name="engine" label={t('engine')}>
        <Select options={RELEASED.map((engine) => ({ value: engine, label: engine }))} />
      </Form.Item>
      <Form.Item name="hold" label={t('models.hold')} valuePropName="checked" extra={t('models.holdText')}>
        <Switch />
      </Form.Item>
    </FormModal>
  );
}
