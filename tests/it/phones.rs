//! Row 35: telephone numbers of those who look after enterprises: sealed in the database, published by themselves, in no chat.

use rust_xlsxwriter::Workbook;

use super::binary::Folder;

#[tokio::test]
async fn row_35_numbers_lie_sealed_and_leave_only_on_the_list_to_be_published() {
    let folder = Folder::new();
    folder.import();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let rows = [
        ["岗位", "电话", "联系企业", "公布"],
        ["县发改局局长", "139-0000-1111", "友谊风电", "是"],
        ["财政局局长", "139-0000-2222", "", "否"],
    ];
    for (row, cells) in (0u32..).zip(rows) {
        for (column, cell) in (0u16..).zip(cells) {
            sheet.write_string(row, column, cell).expect("a cell");
        }
    }
    book.save(folder.path("电话.xlsx")).expect("a workbook");
    let told = folder.run(&["phones", "import", "电话.xlsx"]).well();
    assert!(told.out.contains("2个") && told.out.contains("phone.key"), "{}", told.out);

    let database = std::fs::read_dir(folder.path("data")).expect("a folder");
    for file in database.map(|file| file.expect("a file").path()).filter(|file| file.is_file()) {
        let bytes = std::fs::read(&file).expect("can be read");
        assert!(!bytes.windows(9).any(|part| part == b"0000-1111"), "{}", file.display());
    }
    let told = folder.run(&["phones", "list"]).well();
    assert!(told.out.contains("139-0000-1111") && told.out.contains("139-0000-2222"), "{}", told.out);
    folder.run(&["phones", "publish", "--out", "公布.docx"]).well();
    let bytes = std::fs::read(folder.path("公布-草稿.docx")).expect("a draft");
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a docx");
    let mut text = String::new();
    std::io::Read::read_to_string(&mut zip.by_name("word/document.xml").expect("a body"), &mut text)
        .expect("text");
    assert!(text.contains("139-0000-1111") && text.contains("友谊风电") && !text.contains("0000-2222"));

    // Without the key nothing opens; with one that others may read, nothing is done.
    let key = folder.path("data/phone.key");
    std::fs::set_permissions(&key, std::os::unix::fs::PermissionsExt::from_mode(0o644)).expect("a mode");
    let told = folder.run(&["phones", "list"]).badly();
    assert!(told.err.contains("chmod 600"), "{}", told.err);
    std::fs::remove_file(&key).expect("gone");
    let told = folder.run(&["phones", "list"]).badly();
    assert!(told.err.contains("there is no key"), "{}", told.err);
}
