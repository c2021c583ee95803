import type { Translated } from '@shared/i18n/translated';
import type { metrics as english } from './en';

export const metrics: Translated<typeof english> = {
  names: {
    loss: '损失',
    accuracy: '准确率',
    train_loss: '训练集损失',
    val_loss: '验证集损失',
    train_accuracy: '训练集准确率',
    val_accuracy: '验证集准确率',
    cpu_millicores: 'CPU（核）',
    memory_bytes: '内存',
    progress: '进度',
    epoch: '轮次',
    samples_per_second: '每秒样本数',
    learning_rate: '学习率',
  },
  newest: '{{name}}:{{value}}',
  stretch: '时间范围',
  stretches: { all: '全部', '15m': '最近 15 分钟', '1h': '最近 1 小时', '6h': '最近 6 小时', chosen: '所选范围' },
  smoothing: '平滑',
  dragToZoom: '在图上拖动即可缩放，所有图表同步。',
  notStarted: '作业尚未开始，还没有可度量的数据。',
  none: '还没有度量数据。CPU 和内存会自动采集；作业打印如下格式的一行即可添加曲线：',
  noneInRange: '所选时间范围内没有数据。',
};
