// The test file of the European Institute for Computer Antivirus Research (eicar.org, "Anti Malware Testfile"):
// its 68 characters are the first of the file, and with the blanks that may follow it has at most 128. A text that
// quotes the string somewhere is no test file. Written in hex, so that this rule file is not taken for one.
rule EICAR_Test_File
{
    meta:
        severity = "malicious"
        category = "test"
        description = "The EICAR test file, made to check that scanners work"
        guidance = "test-file"
        reference = "https://www.eicar.org/download-anti-malware-testfile/"
    strings:
        $eicar = {
            58 35 4F 21 50 25 40 41 50 5B 34 5C 50 5A 58 35 34 28 50 5E 29 37 43 43 29 37 7D 24
            45 49 43 41 52 2D 53 54 41 4E 44 41 52 44 2D 41 4E 54 49 56 49 52 55 53 2D 54 45 53 54 2D 46 49 4C 45
            21 24 48 2B 48 2A
        }
    condition:
        filesize <= 128 and $eicar at 0
}
