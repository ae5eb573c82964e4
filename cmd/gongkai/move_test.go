package main

import "testing"

func TestTheUnitOfAReportIsFoundInItsOwnWords(t *testing.T) {
	for _, tc := range []struct{ name, plain, title, want string }{
		{"it says who compiled it", "本年报由明镜经济开发区管理委员会(清水街道)(以下简称区(街道))党政办编制的2024年度报告", "", "明镜经济开发区管理委员会（清水街道）"},
		{"without a short name", "本报告由明镜区水利局编制。", "", "明镜区水利局"},
		{"broken by the layout", "由明镜区\n水 利局编制", "", "明镜区水利局"},
		{"only the title names it", "无。", "明镜区水利局2024年政府信息公开工作年度报告", "明镜区水利局"},
		{"nothing names it", "无。", "政府信息公开工作年度报告", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := compiler(tc.plain, tc.title); got != tc.want {
				t.Errorf("compiler = %q, want %q", got, tc.want)
			}
		})
	}
}
