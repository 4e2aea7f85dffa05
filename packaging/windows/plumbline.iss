; UNTESTED: this script has never been compiled or run. It says what an installer has to do.
; Inno Setup 6. Run on Windows after the bundle is built:
;   iscc /DVersion=0.1.0 packaging\windows\plumbline.iss
; It installs for one user without administrator rights and lets Plumbline open .age files.

#ifndef Version
  #error Give the version: iscc /DVersion=1.2.3
#endif

[Setup]
AppId=org.plumbline.Plumbline
AppName=Plumbline
AppVersion={#Version}
AppPublisher=The Plumbline authors
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
ChangesAssociations=yes
Compression=lzma2
DefaultDirName={autopf}\Plumbline
DefaultGroupName=Plumbline
DisableProgramGroupPage=yes
LicenseFile=..\..\LICENSE
OutputBaseFilename=plumbline-{#Version}-setup
OutputDir=..\..\dist
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
SetupIconFile=..\..\build\icons\plumbline.ico
SolidCompression=yes
UninstallDisplayIcon={app}\plumbline.exe
WizardStyle=modern

[Files]
Source: "..\..\dist\plumbline\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[InstallDelete]
Type: filesandordirs; Name: "{app}\_internal"

[Icons]
Name: "{group}\Plumbline"; Filename: "{app}\plumbline.exe"

[Registry]
Root: HKA; Subkey: "Software\Classes\.age\OpenWithProgids"; ValueType: string; ValueName: "Plumbline.Extract"; ValueData: ""; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\.age"; ValueType: string; ValueName: ""; ValueData: "Plumbline.Extract"; Flags: createvalueifdoesntexist
Root: HKA; Subkey: "Software\Classes\Plumbline.Extract"; ValueType: string; ValueName: ""; ValueData: "Sealed audit extract"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Plumbline.Extract\DefaultIcon"; ValueType: string; ValueName: ""; ValueData: "{app}\plumbline.exe,0"
Root: HKA; Subkey: "Software\Classes\Plumbline.Extract\shell\open\command"; ValueType: string; ValueName: ""; ValueData: """{app}\plumbline.exe"" ""%1"""

[Run]
Filename: "{app}\plumbline.exe"; Description: "Open Plumbline"; Flags: nowait postinstall skipifsilent
