@echo off
rem Opens the course in the browser. It needs Python 3 and nothing from the internet.
where py >nul 2>nul && (py -3 "%~dp0serve.py" %* & goto end)
where python >nul 2>nul && (python "%~dp0serve.py" %* & goto end)
echo Python 3 was not found on this computer. See READ-ME-FIRST.txt.
:end
pause
