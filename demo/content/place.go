package content

// The invented map: eight towns and streets with their villages and communities,
// roads, rivers, parks, schools and companies.

type town struct {
	unit, name  string
	villages    []string
	communities []string
}

var towns = []town{
	{"zlj", "照临街道", []string{"照临城中村", "北照村"}, []string{"照临社区", "明镜里社区", "书院社区", "百草社区", "梧桐里社区", "朝晖苑社区"}},
	{"qyj", "清砚街道", []string{"砚池村", "上墨村"}, []string{"清砚社区", "墨香社区", "砚园社区", "南纸坊社区", "文澜里社区"}},
	{"wcj", "望澄街道", []string{"望澄村", "前澄村", "菱塘村", "沙圩村"}, []string{"望澄社区", "澄湖社区", "菱塘社区", "东篱社区"}},
	{"yxz", "砚溪镇", []string{"上砚溪村", "下砚溪村", "石栏村", "茶亭坳村", "云锄村", "八角井村"}, []string{"砚溪镇兴溪社区", "砚溪镇溪口社区"}},
	{"qlz", "栖鹭镇", []string{"鹭洲村", "芦荡村", "渔歌村", "白沙嘴村", "双鹭村", "荷田村"}, []string{"栖鹭镇鹭洲社区", "栖鹭镇圩上社区"}},
	{"zsz", "枕山镇", []string{"枕山村", "松风村", "岩背村", "杉木冲村", "黄连坑村", "望岫村"}, []string{"枕山镇松风社区"}},
	{"zbz", "竹埠镇", []string{"竹埠村", "篾匠村", "上埠头村", "竹林湾村", "渡头村", "青篁村"}, []string{"竹埠镇码头社区", "竹埠镇老街社区"}},
	{"mwz", "麦坞镇", []string{"麦坞村", "大垄村", "粟塘村", "仓前村", "稻香村", "新垦村"}, []string{"麦坞镇丰禾社区"}},
}

var townNames, allVillages, allCommunities = func() (names, villages, communities []string) {
	for _, t := range towns {
		names = append(names, t.name)
		villages = append(villages, t.villages...)
		communities = append(communities, t.communities...)
	}
	return
}()

func townOf(u *Unit) *town {
	if u == nil || u.Kind != Town {
		return nil
	}
	for i := range towns {
		if towns[i].unit == u.Slug {
			return &towns[i]
		}
	}
	return nil
}

var roads = []string{
	"明镜大道", "书院路", "清源路", "惠民路", "创新路", "通达路", "丰收路", "规划路", "康宁路", "为民路",
	"照临中路", "清砚路", "望澄路", "澄湖东路", "澄湖西路", "墨香街", "百草巷", "纸坊街", "鹭洲大道", "松风路",
	"云锄路", "竹埠大道", "丰禾街", "兴溪街", "东篱路", "朝晖街", "岫云路", "棠梨路", "榆林街", "霁月路",
}

var rivers = []string{"砚溪", "澄水河", "鹭江支流", "麦溪", "竹埠河", "枕山水库", "澄湖", "云锄水库"}

var parks = []string{"明镜经济开发区", "澄湖科技园", "竹埠物流园", "砚溪食品产业园", "望澄新材料产业园"}

var schools = []string{
	"明镜区第一中学", "明镜区第二中学", "明镜区实验小学", "书院路小学", "澄湖小学", "墨香小学", "望澄学校", "照临中学",
	"砚溪镇中心小学", "栖鹭镇中心小学", "枕山镇九年一贯制学校", "竹埠镇中心小学", "麦坞镇初级中学", "明镜区职业教育中心",
	"棠梨小学", "霁月小学", "岫云中学",
}

// companies are composed so that none is a known firm of the same trade.
var companies = func() []string {
	first := []string{"澄砚", "鹭禾", "枕岫", "霁棠", "榆溯", "昀墨", "麦禾", "篁川", "菱澄", "锄云", "岫霁", "砚榆"}
	trade := []string{"精密制造", "新材料科技", "食品", "生物科技", "电子元件", "环保装备", "现代农业", "物流", "纺织", "建筑工程", "信息技术", "智能装备"}
	var out []string
	for i, f := range first {
		for k := range 5 {
			out = append(out, "示例市"+f+trade[(i*5+k*7)%len(trade)]+"有限公司")
		}
	}
	return out
}()

var surnames = []string{
	"赵", "钱", "孙", "李", "周", "吴", "郑", "王", "冯", "陈", "褚", "卫", "蒋", "沈", "韩", "杨", "朱", "秦", "尤", "许",
	"何", "吕", "施", "张", "孔", "曹", "严", "华", "金", "魏", "陶", "姜", "戚", "谢", "邹", "喻", "柏", "水", "窦", "章",
	"云", "苏", "潘", "葛", "奚", "范", "彭", "郎", "鲁", "韦", "昌", "马", "苗", "凤", "花", "方", "俞", "任", "袁", "柳",
}

// given names are pairs that are seldom met together.
var givenFirst = []string{"砚", "澄", "岫", "霁", "棠", "榆", "溯", "昀", "篁", "菱", "锄", "墨", "鹭", "禾", "栖", "漱", "衡", "笺", "简", "陌"}
var givenSecond = []string{"舟", "川", "禾", "宁", "远", "初", "衡", "徽", "柏", "知", "遥", "言", "朴", "沐", "青", "岑", "尧", "芷", "屿", "恪"}
