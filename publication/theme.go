package publication

// Theme is the code of a subject class (主题分类).
type Theme string

// ThemeInfo names a subject class.
type ThemeInfo struct {
	Code Theme
	Name string
}

// themes is the State Council's list of top classes. Some entries have been
// renamed here and there; a later list is a new table.
var themes = []ThemeInfo{
	{"01", "国务院组织机构"}, {"02", "综合政务"}, {"03", "国民经济管理、国有资产监管"}, {"04", "财政、金融、审计"},
	{"05", "国土资源、能源"}, {"06", "农业、林业、水利"}, {"07", "工业、交通"}, {"08", "商贸、海关、旅游"},
	{"09", "市场监管、安全生产监管"}, {"10", "城乡建设、环境保护"}, {"11", "科技、教育"}, {"12", "文化、广电、新闻出版"},
	{"13", "卫生、体育"}, {"14", "人口与计划生育、妇女儿童工作"}, {"15", "劳动、人事、监察"}, {"16", "公安、安全、司法"},
	{"17", "民政、扶贫、救灾"}, {"18", "民族、宗教"}, {"19", "对外事务"}, {"20", "港澳台侨工作"}, {"21", "国防"}, {"22", "其他"},
}

// Themes lists the subject classes.
func Themes() []ThemeInfo { return themes }

// Name is the name of the class, "" for none.
func (t Theme) Name() string {
	for _, i := range themes {
		if i.Code == t {
			return i.Name
		}
	}
	return ""
}
