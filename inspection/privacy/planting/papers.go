package planting

import (
	"fmt"
	"strconv"
)

// long is how many rows the long lists have.
const long = 5000

// Papers writes one paper of each kind.
func Papers(s *Source) []Paper {
	var all []Paper
	for _, make := range []func(*Source) Paper{
		subsistence, rental, farmSubsidy, disabledSubsidy, oldAge, penalty, petition, disclosure, recruitment, titles, land, dilapidated,
		school, orphans, veterans, property, relocation, medical, traffic, insurance, minutes, legalAid,
		winningBid, directory, enforcers, annualReport, regulation, enterprises, budget, catalogue,
	} {
		p := make(s)
		p.Plants = s.Taken()
		all = append(all, p)
	}
	return all
}

// list fills a table.
func list(p Paper, n int, row func(i int) []string) Paper {
	for i := range n {
		p.Rows = append(p.Rows, append([]string{strconv.Itoa(i + 1)}, row(i)...))
	}
	return p
}

const notice = "根据有关规定，现将名单予以公示，公示期7天。如有异议，请于公示期内向明镜区民政局反映。"

func contact(s *Source) []string {
	return []string{"联系电话：" + s.Office() + "，联系地址：示例市明镜区人民路1号。", "示例市明镜区民政局", "2026年1月5日"}
}

func subsistence(s *Source) Paper {
	return list(Paper{Name: "低保公示", Title: "2026年1月最低生活保障对象公示", Before: []string{notice}, After: contact(s),
		Head: []string{"序号", "姓名", "公民身份号码", "家庭住址", "保障人数", "月保障金（元）", "联系电话"}}, 60, func(i int) []string {
		return []string{s.Name(), s.ID(), s.Home(), strconv.Itoa(1 + i%4), "1106", s.Mobile()}
	})
}

func rental(s *Source) Paper {
	return list(Paper{Name: "公租房保障公示", Title: "明镜区公共租赁住房保障家庭公示", Before: []string{notice}, After: contact(s),
		Head: []string{"序号", "申请人", "身份证号", "共同申请人", "共同申请人身份证号", "人均收入（元）"}}, 40, func(i int) []string {
		return []string{s.Name(), s.ID(), s.Name(), s.ID(), strconv.Itoa(2100 + i)}
	})
}

func farmSubsidy(s *Source) Paper {
	return list(Paper{Name: "惠农补贴一卡通发放表", Title: "2026年耕地地力保护补贴发放明细表", After: contact(s),
		Head: []string{"序号", "户主", "身份证号", "一卡通账号", "补贴面积（亩）", "补贴金额（元）"}}, long, func(i int) []string {
		return []string{s.Name(), s.ID(), s.Card(), fmt.Sprintf("%d.%02d", 1+i%9, i%100), fmt.Sprintf("%d.00", 80+i%500)}
	})
}

func disabledSubsidy(s *Source) Paper {
	return list(Paper{Name: "残疾人两项补贴公示", Title: "困难残疾人生活补贴和重度残疾人护理补贴发放公示", Before: []string{notice}, After: contact(s),
		Head: []string{"序号", "姓名", "残疾人证号", "残疾等级", "补贴标准（元/月）"}}, 60, func(i int) []string {
		return []string{s.Name(), s.DisabledID(), "一级", "450"}
	})
}

func oldAge(s *Source) Paper {
	return list(Paper{Name: "高龄津贴公示", Title: "2026年一季度高龄津贴发放名册", After: contact(s),
		Head: []string{"序号", "村（社区）", "姓名", "证件号码", "手机号码", "金额"}}, long, func(i int) []string {
		return []string{s.Village(), s.Name(), s.ID(), s.Mobile(), "300"}
	})
}

func penalty(s *Source) Paper {
	return Paper{Name: "行政处罚决定书", Title: "行政处罚决定书", Before: []string{"明市监罚〔2026〕12号",
		"当事人：" + s.Name() + "，男，汉族，公民身份号码" + s.ID() + "，住" + s.Home() + "，联系电话" + s.Mobile() + "。",
		"经查，当事人于2025年12月3日起在明镜区人民路18号从事食品经营，违法所得1350元，货值金额26800元。当事人委托代理人" + s.Name() + "（身份证：" + s.ID() + "）到场。",
		"上述事实，有现场笔录、询问笔录等证据证明。依据《中华人民共和国食品安全法》第一百二十二条第一款，决定处以罚款50000元。",
		"罚款缴至明镜区财政局非税收入专户，账号3301040160012345678。", "如不服本决定，可以在六十日内申请行政复议。咨询电话：" + s.Office() + "。"}}
}

func petition(s *Source) Paper {
	return Paper{Name: "信访答复意见书", Title: "信访事项处理意见书", Before: []string{"信访人：" + s.Name() + "，身份证号码：" + s.ID() + "，住址：" + s.Home() + "，手机：" + s.Mobile() + "。",
		"您反映的宅基地确权问题收悉，经调查，" + s.Name() + "（" + s.ID() + "）户于2003年建房，占地面积120平方米。", "承办人：" + s.Name() + "，电话" + s.Office() + "。"}}
}

func disclosure(s *Source) Paper {
	return Paper{Name: "政府信息公开申请答复书", Title: "政府信息公开申请答复书", Before: []string{"明府公开〔2026〕第8号", s.Name() + "（身份证号" + s.ID() + "）：",
		"本机关于2026年1月5日收到您通过信函提交的政府信息公开申请，编号2026010500123。依据《中华人民共和国政府信息公开条例》第三十六条第（二）项，现将您申请的信息提供给您。",
		"联系方式：" + s.Mobile() + "，邮寄地址：" + s.Home() + "。"}, After: contact(s)}
}

func recruitment(s *Source) Paper {
	return list(Paper{Name: "事业单位招聘公示", Title: "2026年明镜区事业单位公开招聘拟聘用人员公示", After: contact(s),
		Head: []string{"序号", "姓名", "性别", "身份证号", "准考证号", "毕业院校", "总成绩"}}, 40, func(i int) []string {
		return []string{s.Name(), "女", s.ID(), fmt.Sprintf("2026330411%05d", i), "示例大学", fmt.Sprintf("%d.%d", 70+i%20, i%10)}
	})
}

func titles(s *Source) Paper {
	return list(Paper{Name: "职称评审公示", Title: "2026年中级职称评审通过人员公示", After: contact(s),
		Head: []string{"序号", "姓名", "工作单位", "证件号码", "评审专业", "联系方式"}}, 30, func(i int) []string {
		return []string{s.Name(), "明镜区第二中学", s.ID(), "中学语文", s.Mobile()}
	})
}

func land(s *Source) Paper {
	return list(Paper{Name: "征地补偿登记表", Title: "明镜区2026年度第3批次征地补偿登记结果公示", After: contact(s),
		Head: []string{"序号", "权利人", "身份证号码", "银行卡号", "地类", "面积（公顷）", "补偿金额（元）"}}, 50, func(i int) []string {
		return []string{s.Name(), s.ID(), s.Card(), "水田", fmt.Sprintf("0.%04d", 100+i), fmt.Sprintf("%d.50", 12000+i)}
	})
}

func dilapidated(s *Source) Paper {
	return list(Paper{Name: "危房改造名单", Title: "2026年农村危房改造对象名单", After: contact(s),
		Head: []string{"序号", "乡镇", "户主姓名", "户主证件号码", "家庭住址", "补助资金（万元）"}}, 40, func(i int) []string {
		return []string{"青石镇", s.Name(), s.ID(), s.Home(), "2.6"}
	})
}

func school(s *Source) Paper {
	return list(Paper{Name: "学区入学名单", Title: "明镜区实验小学2026年一年级新生名单", After: contact(s),
		Head: []string{"序号", "学生姓名", "学生身份证号", "监护人", "监护人身份证号", "监护人手机"}}, 45, func(i int) []string {
		return []string{s.Name(), s.ID(), s.Name(), s.ID(), s.Mobile()}
	})
}

func orphans(s *Source) Paper {
	return list(Paper{Name: "孤儿救助名单", Title: "2026年孤儿基本生活费发放花名册", After: contact(s),
		Head: []string{"序号", "儿童姓名", "身份证号", "监护人", "开户银行", "银行卡号"}}, 30, func(i int) []string {
		return []string{s.Name(), s.ID(), s.Name(), "明镜农商银行", s.Card()}
	})
}

func veterans(s *Source) Paper {
	return list(Paper{Name: "优抚对象公示", Title: "2026年优抚对象抚恤补助发放名册", After: contact(s),
		Head: []string{"序号", "姓名", "优抚类别", "身份证件号", "社保卡号", "金额"}}, 40, func(i int) []string {
		return []string{s.Name(), "在乡复员军人", s.ID(), s.Card(), "2180"}
	})
}

func property(s *Source) Paper {
	return Paper{Name: "不动产公告", Title: "不动产权证书遗失公告", Before: []string{
		s.Name() + "因保管不善，将位于明镜区和平路18号2幢301室的不动产权证书遗失，证号浙（2020）明镜区不动产权第0012345号，权利人身份证号" + s.ID() + "，现声明作废。",
		s.Name() + "、" + s.Name() + "（身份证号分别为" + s.ID() + "、" + s.ID() + "）申请继承登记，宗地代码330411001002GB00123，面积89.52平方米。"}, After: contact(s)}
}

func relocation(s *Source) Paper {
	return Paper{Name: "拆迁补偿协议", Title: "房屋征收补偿安置协议", Before: []string{"合同编号：MJZS20260000123",
		"甲方：示例市明镜区住房和城乡建设局，统一社会信用代码：" + s.Credit() + "。", "乙方：" + s.Name() + "，身份证号码：" + s.ID() + "，电话：" + s.Mobile() + "。",
		"补偿款共计1286000.00元，由甲方汇入乙方银行卡，户名" + s.Name() + "，卡号" + s.Card() + "，开户行明镜农商银行。", "护照持有人" + s.Name() + "的护照号码为" + s.Passport() + "。"}}
}

func medical(s *Source) Paper {
	return list(Paper{Name: "医疗救助公示", Title: "2026年1月医疗救助对象公示", After: contact(s),
		Head: []string{"序号", "姓名", "身份证号", "病种", "救助金额", "一卡通账号"}}, 40, func(i int) []string {
		return []string{s.Name(), s.ID(), "某病", strconv.Itoa(3000 + i), s.Card()}
	})
}

func traffic(s *Source) Paper {
	return list(Paper{Name: "驾驶证公告", Title: "机动车驾驶证停止使用公告", After: contact(s),
		Head: []string{"序号", "姓名", "驾驶证号", "档案编号", "事由"}}, 40, func(i int) []string {
		return []string{s.Name(), s.ID(), fmt.Sprintf("3304%08d", i), "累积记分达到12分"}
	})
}

func insurance(s *Source) Paper {
	return list(Paper{Name: "社会保险待遇追回公告", Title: "关于追回多领社会保险待遇的公告", After: contact(s),
		Head: []string{"序号", "参保人", "社会保障号码", "多领月数", "应退金额"}}, 40, func(i int) []string {
		return []string{s.Name(), s.ID(), strconv.Itoa(1 + i%12), fmt.Sprintf("%d.%02d", 900+i, i)}
	})
}

func minutes(s *Source) Paper {
	return Paper{Name: "会议纪要", Title: "区政府专题会议纪要", Before: []string{"〔2026〕3号", "1月5日上午，副区长吴示例主持召开专题会议，研究青石镇幸福村有关问题。",
		"会议明确，对反映人" + s.Name() + "（身份证号：" + s.ID() + "，电话" + s.Mobile() + "）提出的诉求，由区信访局牵头办理，总投资13800001234元的项目另行研究。"}}
}

func legalAid(s *Source) Paper {
	return Paper{Name: "公告送达", Title: "公告", Before: []string{s.Name() + "，女，1900年1月5日出生，公民身份号码" + s.ID() + "：",
		"本局对你作出的行政处理决定书，因无法直接送达，现依法公告送达。自公告之日起满三十日，即视为送达。", "联系人：" + s.Name() + "，联系电话：" + s.Office() + "。"}}
}

func winningBid(s *Source) Paper {
	p := Paper{Name: "中标公告（不应报）", Title: "明镜区道路养护项目中标结果公告", Before: []string{"项目编号：MJZB2026010500123，采购计划编号330411202601050012，预算金额13800001234元。",
		"采购人：示例市明镜区交通运输局，统一社会信用代码" + s.Credit() + "，联系电话：" + s.Office() + "。",
		"中标供应商：示例市政建设有限公司（" + s.Credit() + "），开户银行明镜农商银行，账号：" + s.luhn("622200120000099999") + "。"},
		Head: []string{"序号", "供应商名称", "统一社会信用代码", "联系电话", "报价（元）"}, After: contact(s)}
	return list(p, 30, func(i int) []string {
		return []string{"示例建设工程有限公司", s.Credit(), s.Office(), fmt.Sprintf("%d.%02d", 46297722+i, i)}
	})
}

func directory(s *Source) Paper {
	return list(Paper{Name: "机构通讯录（不应报）", Title: "明镜区政府部门联系方式",
		Head: []string{"序号", "部门", "办公地址", "办公电话", "传真", "邮政编码"}}, 60, func(i int) []string {
		return []string{"示例市明镜区财政局", "明镜区人民路1号", s.Office(), s.Office(), "314000"}
	})
}

func enforcers(s *Source) Paper {
	return list(Paper{Name: "执法人员名单（不应报）", Title: "明镜区行政执法人员名单",
		Head: []string{"序号", "姓名", "执法证号", "单位名称", "职务", "监督电话"}}, 60, func(i int) []string {
		return []string{s.Name(), fmt.Sprintf("1104%08d", 26000+i), "明镜区市场监督管理局", "科员", s.Office()}
	})
}

func annualReport(s *Source) Paper {
	return list(Paper{Name: "年度报告（不应报）", Title: "明镜区2025年政府信息公开工作年度报告", Before: []string{"2025年，全区主动公开政府信息13800条，索引号" + s.Index() + "，收到申请187件，办结187件，网站访问量13812345678次。"},
		Head: []string{"序号", "项目", "自然人", "商业企业", "总计"}}, 30, func(i int) []string {
		return []string{"本年新收申请数量", strconv.Itoa(i), "0", strconv.Itoa(i)}
	})
}

func regulation(s *Source) Paper {
	return Paper{Name: "规范性文件（不应报）", Title: "明镜区人民政府关于印发公共数据管理办法的通知", Before: []string{"明政发〔2026〕5号，ZMJD00-2026-0001", "索引号：" + s.Index() + "，统一社会信用代码：" + s.Credit() + "。",
		"本办法自2026年2月1日起施行，有效期5年。政策咨询电话：" + s.Office() + "；监督电话：12345、12388。", "申请材料：居民身份证复印件、护照或者其他有效证件。"}}
}

func enterprises(s *Source) Paper {
	return list(Paper{Name: "企业名录（不应报）", Title: "明镜区规模以上工业企业名录",
		Head: []string{"序号", "企业名称", "统一社会信用代码", "行业代码", "办公电话"}}, long, func(i int) []string {
		return []string{"示例精密制造有限公司", s.Credit(), strconv.Itoa(3300 + i%99), s.Office()}
	})
}

func budget(s *Source) Paper {
	return list(Paper{Name: "预算公开表（不应报）", Title: "2026年明镜区一般公共预算支出表",
		Head: []string{"序号", "科目编码", "科目名称", "预算数（元）", "上年执行数（元）"}}, 80, func(i int) []string {
		return []string{fmt.Sprintf("20%05d", 10101+i), "一般公共服务支出", fmt.Sprintf("%d", 13_800_001_234+i*7919), fmt.Sprintf("%d.%02d", 15_912_345_678+i*104729, i)}
	})
}

func catalogue(s *Source) Paper {
	return list(Paper{Name: "信息目录（不应报）", Title: "政府信息公开目录",
		Head: []string{"序号", "索引号", "文号", "标题", "发布日期"}}, 80, func(i int) []string {
		return []string{s.Index(), fmt.Sprintf("明政办发〔2026〕%d号", i+1), "关于做好有关工作的通知", "2026-01-05"}
	})
}
