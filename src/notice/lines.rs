//! From lines to paragraphs: page numbers and the frame of a web page go, broken lines are joined.

use std::sync::LazyLock;

use regex::Regex;

use crate::notice::columns::{Column, column};
use crate::notice::container::{Block, Document, Line, Place, Table};
use crate::notice::flat::{heads_rows, words};
use crate::notice::marker::marker_at;
use crate::notice::responsibility::opens_with_label;
use crate::notice::terms;
use crate::notice::twin::Twin;

/// A paragraph, or a table that stands between two.
#[derive(Debug, Clone)]
pub enum Piece {
    /// A paragraph with where it begins.
    Para(Twin, Place),
    /// A table.
    Table(Table),
}

/// Longest paragraph, in bytes.
const PARAGRAPH_MAX: usize = 24 * 1024;

/// Most lines that one paragraph was broken into, where a bracket or a quotation keeps it open.
const MAX_OPEN: usize = 4;

/// Fewest lines that end at the right edge in the middle of a sentence, where a text was broken at a fixed width.
const BROKEN_MIN: usize = 3;

/// How far from the edge a full line may end, in halves of a character: marks and figures are not broken.
const RAGGED: usize = 6;

/// One line in so many at least ends there so.
const BROKEN_SHARE: usize = 8;

static NOISE: LazyLock<Regex> = LazyLock::new(|| {
    let meta = "索引号|信息索引|分类|信息分类|主题分类|主题词|体裁分类|组配分类|发布机构|发布单位|发文机关|发文机构|制发机关|成文日期|\
        成文时间|发布日期|发布时间|发文日期|发文时间|公开日期|公开时间|生成日期|生效日期|废止日期|失效日期|印发日期|名称|标题|文件名称|文号|\
        发文字号|文件编号|关键字|关键词|时效|时效性|有效性|公开方式|公开范围|公开类别|公开形式|公开属性|公开责任部门|信息来源|来源|文章来源|稿源|作者|点击数|\
        点击量|浏览次数|浏览量|阅读次数|阅读量|访问量|字体|字号|责任编辑|编辑|审核|初审|复审|终审|当前位置|您的位置|您当前的位置|\
        你的位置|现在的位置|上一篇|下一篇|上一条|下一条|相关链接|相关文件|相关解读|政策解读|附件下载|原文件下载|原文下载|文件下载|信息公开|\
        网站标识码|技术支持|地址|邮编|版权所有|服务对象|有效期";
    let whole = r"[—\-]+ *\d{1,3} *[—\-]+|第? *\d{1,3} *页(?:[,/ ]*共 *\d{1,3} *页)?|\d{1,3} ?/ ?\d{1,3}|\.{3,}|[—_=*\-─━]{3,}|\
        打印(?:本页)?|关闭(?:窗口|本页)?|分享(?:到)?[:]?.{0,20}|\[?字体[: ].*|[\[【(]? ?(?:打印|关闭|收藏|分享|纠错)[^。;]{0,20}(?:打印|关闭|收藏|分享|纠错|窗口|本页|顶部).{0,4}|[\[【(]? ?大 ?\|? ?中 ?\|? ?小 ?[\]】)]?|(?:日期|时间) ?: ?20\d\d[-/]\d.*|\
        返回(?:顶部|首页|列表)|(?:网站)?首页(?: ?[>»›].*)?|网站地图.*|扫一扫.*|(?:.{0,12}[>»›]){2,}.{0,20}|\(?此件.{0,12}\)?|公开方式.*|[^。;]{0,80}列席(?:有关|相关|上述|部分)?(?:议题|会议)。?";
    let tail = "(?:出 *席|列 *席|参 *会(?:人员)?|参 *加(?:人员)?|主 *持|缺 *席|请 *假|记 *录|抄 *送|抄 *报|主 *送|分 *送|联系人|联系电话|联系方式|联 ?系 ?人|电子邮箱|报送邮箱|邮箱|传真|校对|打字|共印|注|备注|说明|附注)[: ]|\
        \\((?:联系人|联系电话|此件|注:).*|.{0,60}\\d{4}年\\d{1,2}月\\d{1,2}日 ?印发|copyright|©|.*icp备.*|.*公网安备.*|主办(?:单位)?:[^、:]*(?:承办|技术支持|人民政府办公室 *$|人民政府 *$)";
    Regex::new(&format!(r"^(?i)(?:[•·] ?)?(?:(?:{meta}) ?:|(?:{whole})$|{tail})")).expect("a pattern")
});

/// What a line that follows must not open with to be a paragraph of its own.
const NEVER_FIRST: &str = "、,。;:)》\u{201d}〕】]%";

/// Paragraphs and tables without what a page or a web site put around them.
pub fn clean(document: &Document) -> Vec<Piece> {
    let lines = document.blocks.iter().filter_map(|block| match block {
        Block::Line(line) => Some(line),
        Block::Table(_) => None,
    });
    let flat = has_flat_table(lines.clone());
    let heads = if flat { Vec::new() } else { running_heads(lines.clone()) };
    let edge = edge(lines).filter(|_| !flat);
    let mut pieces: Vec<Piece> = Vec::new();
    let (mut last, mut rows) = (Last::default(), Rows::default());
    for block in &document.blocks {
        match block {
            Block::Table(table) => pieces.push(Piece::Table(table.clone())),
            Block::Line(line) => {
                let text = Twin::new(&line.text);
                let bare = text.norm().trim();
                let page = !flat && bare.len() <= 3 && bare.bytes().all(|c| c.is_ascii_digit());
                if bare.is_empty()
                    || page
                    || is_noise(bare) && terms::line(&text).is_none()
                    || heads.contains(&bare.to_owned())
                {
                    continue;
                }
                if let Some(Piece::Para(open, _)) = pieces.last_mut()
                    && open.norm().len() < PARAGRAPH_MAX
                    && !rows.opens(&text)
                    && last.goes_on(open, &text, edge)
                {
                    last.note(&text, true);
                    if opens_with_label(bare) {
                        open.push(&Twin::new(" "));
                    }
                    open.push(&text.trimmed());
                } else {
                    last.note(&text, false);
                    pieces.extend(bounded(text).map(|text| Piece::Para(text, line.place.clone())));
                }
            }
        }
    }
    pieces
}

/// A text in stretches of bounded length: no paragraph is that long, and reading one takes more than its length alone.
fn bounded(text: Twin) -> impl Iterator<Item = Twin> {
    let mut left = Some(text);
    std::iter::from_fn(move || {
        let text = left.take()?;
        if text.norm().len() <= PARAGRAPH_MAX {
            return Some(text);
        }
        let end = text.norm().floor_char_boundary(PARAGRAPH_MAX);
        left = Some(text.slice(end..text.norm().len()));
        Some(text.slice(0..end))
    })
}

/// Whether a line (half width, without blanks at its ends) is no part of the document.
pub fn is_noise(line: &str) -> bool {
    NOISE.is_match(line)
}

/// Whether the cells of some table stand one to a line: then a number alone is the number of a row, not of a page.
fn has_flat_table<'a>(lines: impl Iterator<Item = &'a Line>) -> bool {
    let mut run = 0;
    for line in lines {
        let title = line.text.chars().count() <= 8 && column(&line.text) != Column::Other;
        run = if title { run + 1 } else { 0 };
        if run >= 3 {
            return true;
        }
    }
    false
}

/// The rows of a table that is set with blanks, one to a line.
#[derive(Default)]
struct Rows {
    /// The number that the next row has.
    next: Option<u32>,
}

impl Rows {
    /// Whether a line is one of them: the titles of the columns, or the next number.
    fn opens(&mut self, line: &Twin) -> bool {
        let words = words(line);
        if heads_rows(&words) {
            self.next = Some(1);
            return true;
        }
        let numbered = words.len() >= 3 && self.next.is_some() && words[0].parse().ok() == self.next;
        if numbered {
            self.next = self.next.map(|next| next + 1);
        }
        numbered
    }
}

/// The line before the one that is looked at.
#[derive(Default)]
struct Last {
    width: usize,
    joined: usize,
}

impl Last {
    fn note(&mut self, line: &Twin, joined: bool) {
        self.width = width(line.kept());
        self.joined = if joined { self.joined + 1 } else { 0 };
    }

    /// Whether a paragraph goes on in the next line.
    fn goes_on(&self, open: &Twin, next: &Twin, edge: Option<usize>) -> bool {
        let (text, bare) = (open.norm().trim_end(), next.norm().trim_start());
        if marker_at(bare).is_some() {
            return false;
        }
        if bare.starts_with(|c| NEVER_FIRST.contains(c)) || text.ends_with(['、', ',']) {
            return true;
        }
        if breaks_a_date(text, bare) {
            return true;
        }
        if self.joined < MAX_OPEN && closes(text, bare) {
            return true;
        }
        let indented = next.norm().starts_with("  ");
        edge.is_some_and(|edge| self.width + RAGGED >= edge && !indented)
    }
}

/// Whether a line ends inside a date that the next one goes on with: 8月, 31日前.
fn breaks_a_date(text: &str, next: &str) -> bool {
    let digit = |c: char| c.is_ascii_digit();
    let opens = text.strip_suffix(['年', '月']).is_some_and(|before| before.ends_with(digit));
    let rest = next.trim_start_matches(digit);
    opens && rest.len() < next.len() && rest.starts_with(['月', '日', '号'])
}

/// Whether the text leaves a bracket or quotation open that the next line closes.
fn closes(text: &str, next: &str) -> bool {
    [('《', '》'), ('\u{201c}', '\u{201d}'), ('〔', '〕'), ('【', '】'), ('(', ')')].iter().any(
        |(open, close)| {
            let depth = text.matches(*open).count() > text.matches(*close).count();
            let here = next.find(*close).is_some_and(|at| !next[..at].contains(*open));
            // 牵头单位, 责任单位 one to a line, in one bracket.
            depth && (here || opens_with_label(next))
        },
    )
}

/// Where lines end that were broken at a fixed width; none if they were not.
fn edge<'a>(lines: impl Iterator<Item = &'a Line>) -> Option<usize> {
    let mut all: Vec<(usize, bool)> = lines
        .filter(|line| !is_noise(Twin::new(&line.text).norm().trim()))
        .map(|line| {
            (width(&line.text), line.text.trim_end().ends_with(['。', ';', ':', '\u{ff1b}', '\u{ff1a}']))
        })
        .filter(|(width, _)| *width > 24)
        .collect();
    all.sort_unstable();
    let (edge, _) = *all.get(all.len().saturating_sub(1) * 9 / 10)?;
    let near = |width: usize| width + RAGGED >= edge && width <= edge + RAGGED;
    let broken = all.iter().filter(|(width, ended)| !ended && near(*width)).count();
    let beyond = all.iter().filter(|(width, _)| *width > edge + RAGGED).count();
    // Where most lines end without a mark somewhere else, those at the edge stand there by chance.
    let open = all.iter().filter(|(_, ended)| !ended).count();
    let fixed = broken >= BROKEN_MIN
        && broken * 2 >= open
        && broken * BROKEN_SHARE >= all.len()
        && beyond * BROKEN_SHARE <= all.len();
    ((40..=120).contains(&edge) && fixed).then_some(edge)
}

/// The width of a line as it is printed: a Latin letter or figure is half as wide as a Chinese character.
fn width(line: &str) -> usize {
    line.trim_end().chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

/// Short lines that come again and again: the head of every page.
fn running_heads<'a>(lines: impl Iterator<Item = &'a Line>) -> Vec<String> {
    let mut seen: std::collections::BTreeMap<String, usize> = std::collections::BTreeMap::new();
    for line in lines {
        let text = Twin::new(&line.text).norm().trim().to_owned();
        let opens = marker_at(&text).is_some() || text.starts_with(['(', '〔', '【', '[']);
        let told = ["牵头", "责任", "配合", "主办", "协办", "完成"].iter().any(|word| text.starts_with(word));
        let short = (6..=40).contains(&text.chars().count());
        if short && !opens && !told && !text.contains([':', '。', ';', ',', '|', '\t']) {
            *seen.entry(text).or_default() += 1;
        }
    }
    seen.into_iter().filter(|(_, times)| *times >= 3).map(|(text, _)| text).collect()
}
