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
)
