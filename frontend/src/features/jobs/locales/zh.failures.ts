/** The failure dictionary of the server (by its codes), as one would say it in Chinese. */
export const failures: Record<string, { phrase: string; cause: string; advice: string }> = {
  'error-exit': {
    phrase: '程序报错退出',
    cause: '程序自身报告了失败。',
    advice: '查看该副本日志的最后几行，程序会在那里说明出了什么问题。',
  },
  'python-error': {
    phrase: 'Python 程序因错误而停止',
    cause: '有未捕获的异常，或程序以错误码调用了 sys.exit。',
    advice: '查看该副本日志末尾的 traceback。',
  },
  'usage-error': {
    phrase: '程序无法识别它的参数',
    cause: '命令中的某个选项或参数缺失或拼写有误。',
    advice: '对照程序 --help 的输出检查命令，修正后重新提交。',
  },
  'not-executable': {
    phrase: '命令无法执行',
    cause: '文件存在，但它不是程序，或没有执行权限。',
    advice: '在命令最前面写上解释器（例如 python），或为文件加上执行权限。',
  },
  'command-not-found': {
    phrase: '找不到命令',
    cause: '作业运行的环境中没有安装该程序，或者名称、路径有误。',
    advice: '检查命令的第一项，并确认镜像或机器上有这个程序。',
  },
  'start-failed': {
    phrase: '副本无法启动',
    cause: '机器拒绝启动进程，例如目录或镜像不可用。',
    advice: '先看提示信息并重试；如果再次出现，请把它交给平台管理员。',
  },
  'out-of-memory': {
    phrase: '副本使用的内存超过了申请量',
    cause: '程序占用的内存超过副本上限，因此被停止。',
    advice: '为每个副本申请更多内存，或减小批大小、减少数据加载进程。',
  },
  killed: {
    phrase: '副本被强制终止',
    cause: '程序之外的原因使它立即结束，最常见的是机器内存耗尽。',
    advice: '查看内存曲线：如果一直上升到结束，请申请更多内存；否则请联系平台管理员。',
  },
  terminated: {
    phrase: '副本被要求停止',
    cause: 'Hanse 之外的某个程序向它发送了结束信号。',
    advice: '请重试；如果再次出现，请联系平台管理员查明是谁在该机器上终止进程。',
  },
  'memory-fault': {
    phrase: '程序因非法访问内存而崩溃',
    cause: '本地代码存在缺陷，通常是某个库与驱动、设备或其他库不匹配。',
    advice: '检查框架、依赖库和驱动的版本是否匹配。',
  },
  aborted: {
    phrase: '程序主动中止',
    cause: '某个库遇到了无法继续的状态，例如断言失败或通信中断。',
    advice: '查看所有 rank 日志的最后几行，最先报错的 rank 就是要排查的对象。',
  },
  'illegal-instruction': {
    phrase: '程序使用了该处理器不支持的指令',
    cause: '程序是为更新的或其他型号的处理器编译的。',
    advice: '换用适合该处理器的版本，或选择有相应处理器的集群。',
  },
  'arithmetic-fault': {
    phrase: '程序在计算中崩溃',
    cause: '本地代码发生整数除零或溢出。',
    advice: '检查日志中最后一步的输入。',
  },
  'broken-pipe': {
    phrase: '程序向已关闭的对象写入数据',
    cause: '与它通信的另一个进程先结束了。',
    advice: '找出最先结束的副本，它的日志里有原因。',
  },
  signalled: {
    phrase: '程序被信号结束',
    cause: '程序自身或外部发送了结束进程的信号。',
    advice: '查看该副本日志的最后几行。',
  },
  deadline: {
    phrase: '作业超过了时限',
    cause: '作业完成之前，故障策略中设置的时限已到。',
    advice: '设置更长的时限、使用更多副本，或让程序保存状态以便接续运行。',
  },
  lost: {
    phrase: '副本所在的机器失联',
    cause: '机器停机或失去连接，因此无法得知副本最后做了什么。',
    advice: '请重试；如果设置了重启策略，Hanse 会自动重试。',
  },
  'secret-unusable': {
    phrase: '无法向作业提供某个密钥',
    cause: '该密钥或作业指定的版本已被销毁，或其中没有作业引用的条目。',
    advice: '在本项目中创建或轮换该密钥，或指定其他版本，然后重试。',
  },
  'bucket-unusable': {
    phrase: '无法向作业提供某个存储桶',
    cause: '提交作业之后该存储桶已被移除，或者作业需要写入而存储桶已满。',
    advice: '指定其他存储桶，或者删除其中的文件、请管理员提高配额，然后重试。',
  },
  'volume-unusable': {
    phrase: '无法向作业提供某个存储卷',
    cause: '提交作业之后该存储卷已被删除，或者作业需要写入而存储卷已满。',
    advice: '指定其他存储卷，或者删除其中的文件、申请扩容，然后重试。',
  },
  'contract-unusable': {
    phrase: '无法向作业提供合约的通道',
    cause: '作业所指定的合约已被撤销或已到期。',
    advice: '请向本租户的数据官确认是否有仍然生效的合约，改为指定该合约，然后重试。',
  },
  'dataset-unusable': {
    phrase: '无法向作业提供某个数据集版本',
    cause: '该版本已被删除：随其项目一并删除，或在作业重试之前被删除。',
    advice: '指定其他版本，然后重新提交作业。',
  },
  'code-refused': {
    phrase: '代码仓库拒绝了凭据',
    cause: '作业引用的密钥有误、已过期或无权读取该仓库，或者没有引用任何密钥。',
    advice: '检查密钥中的令牌或私钥是否可以读取该仓库，过期则轮换，然后重试。',
  },
  'code-not-found': {
    phrase: '找不到代码仓库或其中的目录',
    cause: '地址或目录有误或已变更，或者仓库是私有的而没有引用密钥。',
    advice: '打开该地址核对，修正后重新提交；私有仓库请引用含有凭据的密钥。',
  },
  'code-ref-unknown': {
    phrase: '仓库中没有该分支、标签或提交',
    cause: '名称有误、已被删除，或该提交从未推送。',
    advice: '使用仓库中已有的分支或标签，或已推送提交的完整编号。',
  },
  'code-too-large': {
    phrase: '代码超出允许的大小',
    cause: '数据、模型或环境与代码放在一起，超出了大小或文件数的限制。',
    advice: '将数据放在别处，或用 path 指定仓库中的一个目录。',
  },
  'code-unreachable': {
    phrase: '无法拉取代码',
    cause: '仓库服务器没有响应、耗时过长，或位于平台不可访问的网络中。',
    advice: '请稍后重试；若仍然如此，请询问平台管理员是否可以访问该服务器。',
  },
  'code-unfit': {
    phrase: '代码无法解压',
    cause: '其中有不允许的文件名，或归档已损坏。',
    advice: '重命名这些文件，或重新打包。',
  },
  'code-gone': {
    phrase: '作业的代码已不存在',
    cause: '有人从对象存储中删除了该归档。',
    advice: '重新上传归档，或改为从 git 提交。',
  },
  'image-unavailable': {
    phrase: '无法拉取镜像',
    cause: '镜像名称有误、镜像不存在、镜像仓库拒绝了集群，或无法连接到镜像仓库。',
    advice: '检查镜像的名称和标签；如果是私有镜像，请确认集群有权拉取。',
  },
  'replica-refused': {
    phrase: '集群不接受该副本',
    cause: '其规格中有内容违反了 Kubernetes 或该集群的规则。',
    advice: '查看消息，其中指出了具体字段；修正后重新提交。',
  },
  'admission-denied': {
    phrase: '集群的规则不允许该作业进入',
    cause: '准入 webhook、策略或命名空间的 Pod 安全级别拒绝了该作业要创建的对象。',
    advice: '查看消息，其中指出了具体规则；请遵守该规则，或请平台管理员为其破例。',
  },
  'operator-refused': {
    phrase: '负责创建其 Pod 的 operator 拒绝了该作业',
    cause: '集群接受了该作业的对象，但其 operator 不愿或无法据此创建 Pod。',
    advice: '查看消息并转告平台管理员；使用 kind: pods 时作业不需要 operator。',
  },
  'operator-silent': {
    phrase: '负责创建其 Pod 的 operator 没有创建任何 Pod',
    cause: 'operator 未运行，或该作业的对象被挂起，例如被管理所有作业的 Kueue 挂起。',
    advice: '请向平台管理员确认 operator 是否在运行；使用 kind: pods 时不需要 operator。',
  },
  unschedulable: {
    phrase: '没有节点接收该副本',
    cause: '虽有配额，但节点已被其他负载占满，或不对其开放。',
    advice: '请重试；如果再次出现，请向平台管理员了解该规格的节点上还运行着什么。',
  },
  evicted: {
    phrase: '副本被节点驱逐',
    cause: '节点内存或磁盘不足，或管理员清空了该节点。',
    advice: '请重试；如果是磁盘不足，请减少向节点写入的数据。',
  },
  displaced: {
    phrase: '副本为其他负载让出了节点',
    cause: '集群的调度器把位置让给了不受 Hanse 管理、优先级更高的负载。',
    advice: '请重试；设置了重启策略时，Hanse 会自动重试。',
  },
  deleted: {
    phrase: '副本被人删除',
    cause: '它是在集群中直接被删除的，并非通过 Hanse。',
    advice: '请重试；集群自身的审计日志记录了是谁删除的。',
  },
};
