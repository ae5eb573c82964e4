package ledger

// Sentences for people.
const (
	sayNoEntry      = "没有第 %d 号存证记录。"
	sayNotThatLong  = "存证日志还没有 %d 条记录。"
	sayBadSizes     = "请给出两个树的大小，前一个不小于 1 且不大于后一个。"
	sayNoTile       = "没有这一块存证数据。"
	sayBadPath      = "存证数据的地址不正确。"
	sayBadProof     = "证明文件的格式不正确：第 %d 行。"
	sayBadNote      = "签名树头的格式不正确。"
	sayBadSignature = "签名树头不是由所给的公钥签发的，或者已被改动。"
	sayNotIncluded  = "这条记录不在所证明的存证日志中，或者已被改动。"
	sayBadKey       = "公钥的格式不正确。"

	sayEntryMissing    = "自第 %d 号起的 %d 条存证记录不见了。"
	sayEntryEdited     = "第 %d 号存证记录（%s）被改动过，与其哈希不符。"
	sayEntryExtra      = "第 %d 号存证记录不在日志的 %d 条之内，是程序之外加入的。"
	sayHashEdited      = "第 %d 层第 %d 个存证哈希与记录不符。"
	sayCheckpointBad   = "记录数为 %d 的签名树头无法核对：格式或签名不正确。"
	sayCheckpointWrong = "记录数为 %d 时签发的树头与现在的记录不符（其后另有 %d 个也不符）：此前的历史被改写过。"
	sayTruncated       = "曾为 %d 条记录签发过树头，现在只有 %d 条：日志末尾被截去。"
	sayRowUnknown      = "%s 没有任何存证记录，是程序之外加入的。"
	sayRowBack         = "%s 在第 %d 号存证记录中已经删除，现在却又存在。"
	sayRowChanged      = "%s 的内容与第 %d 号存证记录不符，在程序之外被改动过。"
	sayRowVanished     = "%s 在第 %d 号存证记录之后不见了，在程序之外被删除。"
)
