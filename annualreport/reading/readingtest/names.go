package readingtest

import "fmt"

// agency invents the name of an agency.
func agency(d *Dice) string {
	city := Pick(d, "示例市", "明州市", "澄江市", "云泽市", "安临市", "海陵州", "青岚盟")
	county := Pick(d, "明镜区", "清平县", "白石区", "东溪县", "望江区", "南屏县", "青岩旗", "临河县级市")
	if county == "临河县级市" {
		county = "临河市"
	}
	town := Pick(d, "柳河镇", "石桥乡", "安平街道办事处", "长桥镇人民政府", "三河乡人民政府")
	office := Pick(d, "自然资源局", "市场监督管理局", "信访局", "教育局", "生态环境局", "人力资源和社会保障局", "住房和城乡建设局", "发展和改革局", "城市管理行政执法局", "卫生健康委员会")
	switch d.N(6) {
	case 0:
		return county + "人民政府"
	case 1:
		return city + county + "人民政府"
	case 2:
		return city + county + "人民政府办公室"
	case 3:
		return county + town
	case 4:
		return city + office
	}
	return county + office
}

// contact invents the paragraph that says whom to ask. It is full of numbers
// that are no figures.
func contact(d *Dice, agency string) string {
	return fmt.Sprintf("如对本报告有任何疑问，请与%s联系（地址：%s%d号%d室，邮编：%06d，电话：0%d-%d，传真：0%d-%d，电子邮箱：%s@example.org）。",
		agency, Pick(d, "人民路", "建设大道", "府前街", "湖滨南路"), d.Between(1, 999), d.Between(101, 1630), d.Between(100000, 850000),
		d.Between(310, 999), d.Between(2000000, 88999999), d.Between(310, 999), d.Between(2000000, 88999999), Pick(d, "zwgk", "xxgk", "gkb"))
}
