/** The findings of the health checks by their codes; in English the server's own sentences are shown. */
export const found = {
  clock: {
    database: 'PostgreSQL 的时钟与本机一致',
    'database-differs': 'PostgreSQL 的时钟与本机相差 {{seconds}} 秒',
    redis: 'Redis 的时钟与本机一致',
    'redis-differs': 'Redis 的时钟与本机相差 {{seconds}} 秒',
  },
  cluster: {
    seen: '集群 {{cluster}} 响应正常',
    stale: '集群 {{cluster}} 已有一段时间没有响应',
    degraded: '集群 {{cluster}} 状态异常：{{message}}',
    down: '集群 {{cluster}} 不可用：{{message}}',
  },
  console: { built: '控制台已构建，当前版本 Hanse {{version}}', missing: '控制台尚未构建' },
  database: {
    answers: 'PostgreSQL {{version}} 在 {{milliseconds}} 毫秒内响应',
    away: 'PostgreSQL 没有响应：{{error}}',
    connections: '{{granted}} 个连接中已使用 {{used}} 个',
    old: 'PostgreSQL {{version}} 版本过旧',
  },
  disk: {
    free: '{{path}} 所在磁盘剩余 {{gib}} GiB（{{percent}}%）',
    full: '{{path}} 所在磁盘仅剩 {{gib}} GiB（{{percent}}%）',
  },
  keys: { missing: '没有设置用于加密机密数据的密钥' },
  migrations: {
    applied: '数据库表结构与当前版本一致',
    missing: '有 {{count}} 个迁移尚未执行，第一个是 {{first}}',
    unknown: '无法读取数据库表的状态',
  },
  buckets: {
    answer: '存储桶的存储服务可用，其中有 {{count}} 个桶',
    away: '存储桶的存储服务无法使用：{{error}}',
    none: '此安装没有存储桶的存储服务',
  },
  objects: {
    away: '对象存储无法读写：{{error}}',
    differ: '从对象存储读回的内容与写入的不一致',
    kept: '对象存储可以写入、读取和删除',
  },
  outbox: {
    'events-sent': '有 {{count}} 个事件等待发送',
    'events-wait': '有 {{count}} 个事件等待发送，最早的已等待 {{seconds}} 秒',
    'hints-sent': '有 {{count}} 个任务提示等待发送',
    'hints-wait': '有 {{count}} 个任务提示等待发送，最早的已等待 {{seconds}} 秒',
  },
  queue: {
    long: '队列 {{queue}} 中有 {{length}} 个任务等待处理',
    short: '队列 {{queue}} 中有 {{length}} 个任务等待处理',
  },
  redis: {
    answers: 'Redis {{version}} 响应正常',
    away: 'Redis 没有响应：{{error}}',
    evicts: 'Redis 内存写满时会丢弃数据（{{policy}}）',
    volatile: 'Redis 重启后不保留数据',
  },
  sweeps: {
    absent: '一天之内没有执行过任何定期任务',
    late: '定期任务 {{task}} 上次执行是在 {{seconds}} 秒前',
    run: '{{count}} 个定期任务均按时执行',
  },
  watch: {
    absent: '“watch”进程从未在此运行',
    late: '“watch”的 {{loop}} 循环上次运行是在 {{seconds}} 秒前',
    runs: '“watch”的 {{count}} 个循环运行正常',
  },
};

export const fix = {
  clock: {
    'database-differs':
      '请在两台机器上启用时间同步服务（chrony 或 systemd-timesyncd）：截止时间和租约需要比较两边的时钟。',
    'redis-differs':
      '请在两台机器上启用时间同步服务（chrony 或 systemd-timesyncd）：截止时间和租约需要比较两边的时钟。',
  },
  cluster: {
    stale: '请查看集群页面。已在运行的工作不受影响，恢复响应之前不会启动新的工作。',
    degraded: '请查看集群页面。已在运行的工作不受影响。',
    down: '请查看集群页面。已在运行的工作不受影响，恢复之前不会启动新的工作。',
  },
  console: { missing: '请运行 make console。' },
  database: {
    away: '请启动 PostgreSQL，或更正 HANSE_DATABASE_URL。期间不会丢失任何数据，恢复后平台会自行继续。',
    connections: '请调高 max_connections，或减少进程和线程数；连接用尽后新的连接会被拒绝。',
    old: '请升级到 14 或更高版本。',
  },
  disk: { full: '请清理不需要的数据或扩容磁盘：没有空间就无法保存日志和产物。' },
  keys: { missing: '请设置 HANSE_ENCRYPTION_KEYS，否则机密数据既不能保存也不能读取。' },
  migrations: {
    missing: '请以数据库所有者身份运行 manage.py migrate，然后重启各进程。',
    unknown: '请运行 manage.py migrate。',
  },
  buckets: {
    away: '请更正 HANSE_S3_URL 及其密钥，或启动存储服务。期间无法访问存储桶中的文件。',
  },
  objects: {
    away: '请更正 HANSE_OBJECTS_URL，或为对象存储提供空间和权限。期间产物和日志归档会等待。',
    differ: '请查看对象存储自身的日志。',
  },
  outbox: {
    'events-wait': '由“watch”中的 relay 负责发送：请查看其日志，并确认 Redis 是否响应。',
    'hints-wait': '由“watch”中的 relay 负责发送：请查看其日志，并确认 Redis 是否响应。',
  },
  queue: { long: '请为该队列增加 worker 进程。' },
  redis: {
    away: '请启动 Redis，或更正 HANSE_REDIS_URL。已提交的操作不会丢失，实时页面和 worker 会等待其恢复。',
    evicts: '请设置 maxmemory-policy noeviction：worker 的队列也保存在其中。',
    volatile: '请设置 appendonly yes：否则重启会丢失任务提示，需由定期任务较慢地补上。',
  },
  sweeps: {
    absent: '请启动 worker 和 beat，并查看它们的日志。',
    late: '请查看 beat 和 worker 的日志：beat 发起定期任务，worker 执行。',
  },
  watch: {
    absent: '请启动 python -m celery_workers.watchers。没有它，作业不会被准入，也不会更新状态。',
    late: '请查看“watch”的日志；监管进程本应已将其重启。没有它，作业不会被准入，也不会更新状态。',
  },
};
